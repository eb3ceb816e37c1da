// Stores that fail under a receiver: no handler runs without a claim, the sender hears 503, and service resumes by itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Receiver, Webhook } from "hookseal";
import { RedisStore } from "hookseal/redis";
import { PostgresStore, PostgresTransactions, SqliteStore, SqliteTransactions } from "hookseal/sql";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { createClient, createCluster } from "redis";
import { startPostgres } from "../services/postgres.js";
import { startCluster, startRedis } from "../services/redis.js";

const webhook = new Webhook("loop", "secret");
let fresh = 0;

/** Deliveries to a receiver over this store, and which of their events were handled. */
function receiving(store) {
  const handled = [];
  const receiver = new Receiver(webhook, (event) => handled.push(event.id), {
    store,
    deadline: 500,
    observe: () => {},
  });
  const deliver = async (id = `evt_${++fresh}`) => {
    const payload = JSON.stringify({ type: "protocol.started", id });
    const headers = { "x-loop-signature": webhook.sign(payload) };
    const { status, outcome } = await receiver.deliver({ method: "POST", headers, read: () => Buffer.from(payload) });
    return { id, verdict: `${status} ${outcome}` };
  };
  return { deliver, handled };
}

/** Ten deliveries while the store is away: each gets this verdict, and none is handled. */
async function refuses({ deliver, handled }, verdict = "503 store_failed") {
  const before = handled.length;
  const all = await Promise.all(Array.from({ length: 10 }, () => deliver()));
  assert.deepEqual(new Set(all.map((delivery) => delivery.verdict)), new Set([verdict]));
  assert.equal(handled.length, before);
  return all.map(({ id }) => id);
}

/** Until a delivery is handled again; then the ones that were refused are too, each once. */
async function resumes({ deliver, handled }, refused, t) {
  const start = performance.now();
  while ((await deliver()).verdict !== "200 handled") {
    assert.ok(performance.now() - start < 20_000, "service has not resumed after 20 s");
    await sleep(20);
  }
  t.diagnostic(`resumed after ${Math.round(performance.now() - start)} ms`);
  // What was claimed too late for its deadline is given back, or ends with its lease.
  for (const id of refused) {
    while ((await deliver(id)).verdict === "409 in_progress") await sleep(20);
    assert.equal(handled.filter((one) => one === id).length, 1, id);
  }
}

async function redisReceiving(redis) {
  // No queue for what cannot be sent: the sender is to come again. Back soon, and not ever more rarely.
  const socket = { reconnectStrategy: () => 100, connectTimeout: 500 };
  const client = createClient({ url: redis.url, disableOfflineQueue: true, socket });
  client.on("error", () => {});
  await client.connect();
  const store = new RedisStore(
    (script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }),
    {
      name: "faults",
    },
  );
  return { ...receiving(store), close: () => client.destroy() };
}

test("Redis is killed, and comes back", async (t) => {
  const redis = await startRedis();
  const receiver = await redisReceiving(redis);
  t.after(() => Promise.all([receiver.close(), redis.stop()]));
  const { id, verdict } = await receiver.deliver();
  assert.equal(verdict, "200 handled");
  await redis.kill();
  const refused = await refuses(receiver);
  await redis.start();
  await resumes(receiver, refused, t);
  // With appendonly it has forgotten nothing.
  assert.equal((await receiver.deliver(id)).verdict, "200 duplicate");
});

test("Redis stops in its tracks, and goes on", async (t) => {
  const redis = await startRedis();
  const receiver = await redisReceiving(redis);
  t.after(() => Promise.all([receiver.close(), redis.stop()]));
  assert.equal((await receiver.deliver()).verdict, "200 handled");
  redis.pause();
  const refused = await refuses(receiver);
  redis.resume();
  await resumes(receiver, refused, t);
});

test("Redis is out of memory, and gets some", async (t) => {
  const redis = await startRedis({ appendonly: "no" });
  const receiver = await redisReceiving(redis);
  t.after(() => Promise.all([receiver.close(), redis.stop()]));
  assert.equal((await receiver.deliver()).verdict, "200 handled");
  await redis.ask(["CONFIG", "SET", "maxmemory", "1"]);
  const refused = await refuses(receiver);
  await redis.ask(["CONFIG", "SET", "maxmemory", "0"]);
  await resumes(receiver, refused, t);
});

test("a master of a Redis cluster is killed, and its replica takes its place", async (t) => {
  const cluster = await startCluster();
  const rootNodes = cluster.ports.map((port) => ({ url: `redis://127.0.0.1:${port}` }));
  const socket = { reconnectStrategy: () => 100, connectTimeout: 500 };
  const client = createCluster({ rootNodes, defaults: { disableOfflineQueue: true, socket } });
  client.on("error", () => {});
  await client.connect();
  t.after(() => Promise.all([client.destroy(), cluster.stop()]));
  const store = new RedisStore(
    (script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }),
    {
      name: "cluster",
    },
  );
  const { deliver, handled } = receiving(store);

  // Enough that every master has some of them.
  const ids = Array.from({ length: 100 }, (_, n) => `cluster ${n}`);
  for (const id of ids) assert.equal((await deliver(id)).verdict, "200 handled");
  const [master] = cluster.masters;
  // Replication runs behind: what the master alone knows dies with it.
  const [behind] = await master.ask(["WAIT", "1", "5000"]);
  assert.equal(behind, 1);

  await master.kill();
  const start = performance.now();
  const verdicts = new Set();
  // One after the other, as the replica takes over: never is one handled twice, nor without a claim.
  for (const id of ids) {
    for (;;) {
      const { verdict } = await deliver(id);
      verdicts.add(verdict);
      if (verdict === "200 duplicate") break;
      assert.ok(performance.now() - start < 60_000, `no replica has taken over: ${verdict}`);
      await sleep(50);
    }
  }
  assert.ok(verdicts.has("503 store_failed"), [...verdicts].join());
  t.diagnostic(`all known again after ${Math.round(performance.now() - start)} ms: ${[...verdicts].join()}`);
  assert.equal(handled.length, ids.length);
});

const postgres = await startPostgres();
after(() => postgres.stop());

for (const [what, make] of Object.entries({
  "with a lease": (pool) => new PostgresStore(pool, { name: "faults-lease" }),
  transactional: (pool) => new PostgresTransactions(pool, { name: "faults-tx" }),
})) {
  const pooling = async (t) => {
    const pool = new pg.Pool({ connectionString: postgres.url, max: 20, connectionTimeoutMillis: 300 });
    pool.on("error", () => {});
    t.after(() => pool.end());
    const store = make(pool);
    await store.setup();
    return receiving(store);
  };

  test(`PostgreSQL, ${what}: it is killed, and comes back`, async (t) => {
    const receiver = await pooling(t);
    const { id, verdict } = await receiver.deliver();
    assert.equal(verdict, "200 handled");
    await postgres.kill();
    const refused = await refuses(receiver);
    await postgres.start();
    await resumes(receiver, refused, t);
    assert.equal((await receiver.deliver(id)).verdict, "200 duplicate");
  });
}

test("SQLite: the database is locked, and then it is not", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-faults-"));
  const open = () => new DatabaseSync(join(folder, "claims.db"));
  const [mine, other] = [open(), open()];
  t.after(() => {
    for (const database of [mine, other]) database.close();
    rmSync(folder, { recursive: true });
  });
  const lease = new SqliteStore(mine, { name: "a", lockTimeout: 20 });
  const transactional = new SqliteTransactions(mine, { name: "b", lockTimeout: 20 });
  await lease.setup();
  for (const [store, verdict] of [
    [lease, "503 store_failed"],
    [transactional, "409 in_progress"],
  ]) {
    const receiver = receiving(store);
    other.exec("BEGIN EXCLUSIVE");
    const refused = await refuses(receiver, verdict);
    other.exec("ROLLBACK");
    await resumes(receiver, refused, t);
  }
});
