// Every store of the package, on the real engine. Run by Node 24, which has `node:sqlite`.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { MemoryStore } from "hookseal";
import { RedisStore } from "hookseal/redis";
import {
  D1Store,
  D1Transactions,
  PostgresStore,
  PostgresTransactions,
  schema,
  SqliteStore,
  SqliteTransactions,
} from "hookseal/sql";
import Redis from "ioredis";
import { Miniflare } from "miniflare";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { createClient, createCluster } from "redis";
import { startPostgres } from "../services/postgres.js";
import { startCluster, startRedis } from "../services/redis.js";
import { contract } from "./contract.js";
import { transactions } from "./transactions.js";

const [postgres, redis, nodes] = await Promise.all([startPostgres(), startRedis(), startCluster()]);
const pool = new pg.Pool({ connectionString: postgres.url, max: 64 });
const client = await createClient({ url: redis.url }).connect();
const cluster = await createCluster({
  rootNodes: nodes.ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })),
}).connect();
const ioredis = new Redis(redis.url);
const folder = mkdtempSync(join(tmpdir(), "hookseal-sqlite-"));
const open = () => new DatabaseSync(join(folder, "claims.db"));
const sqlite = open();
sqlite.exec("PRAGMA journal_mode = WAL");
const miniflare = new Miniflare({ modules: true, script: "export default {}", cf: false, d1Databases: ["DB"] });
const d1 = await miniflare.getD1Database("DB");

const EFFECTS = "CREATE TABLE effects (id text NOT NULL)";
await pool.query(EFFECTS);
sqlite.exec(EFFECTS);
await d1.exec(EFFECTS);

after(async () => {
  client.destroy();
  cluster.destroy();
  ioredis.disconnect();
  await pool.end();
  await miniflare.dispose();
  await Promise.all([postgres.stop(), redis.stop(), nodes.stop()]);
  sqlite.close();
  rmSync(folder, { recursive: true });
});

/** A store that is set up before it is used. */
const ready = async (store) => {
  await store.setup();
  return store;
};

const memory = {};
contract("memory", (name) => (memory[name] ??= new MemoryStore()));
contract("Redis, by node-redis", (name) => {
  return new RedisStore((script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }), {
    name,
  });
});
contract("Redis, by ioredis", (name) => {
  return new RedisStore((script, key, parameters) => ioredis.eval(script, 1, key, ...parameters), { name });
});
contract("a Redis cluster, by node-redis", (name) => {
  return new RedisStore((script, key, parameters) => cluster.eval(script, { keys: [key], arguments: parameters }), {
    name,
  });
});
contract("PostgreSQL", (name) => ready(new PostgresStore(pool, { name })));
contract("SQLite", (name) => ready(new SqliteStore(sqlite, { name })));
contract("D1", (name) => ready(new D1Store(d1, { name })));

const counted = (rows) => Number(rows[0].n);

transactions("PostgreSQL", {
  make: (name) => ready(new PostgresTransactions(pool, { name })),
  write: (tx, id) => tx.query("INSERT INTO effects VALUES ($1)", [id]),
  count: async (id) => counted((await pool.query("SELECT count(*) AS n FROM effects WHERE id = $1", [id])).rows),
});

const other = open();
transactions("SQLite", {
  make: (name) => ready(new SqliteTransactions(sqlite, { name })),
  write: (tx, id) => tx.prepare("INSERT INTO effects VALUES (?)").run(id),
  count: (id) => counted(other.prepare("SELECT count(*) AS n FROM effects WHERE id = ?").all(id)),
});

transactions("D1", {
  make: (name) => ready(new D1Transactions(d1, { name })),
  write: (tx, id) => tx.add(d1.prepare("INSERT INTO effects VALUES (?)").bind(id)),
  count: async (id) =>
    counted((await d1.prepare("SELECT count(*) AS n FROM effects WHERE id = ?").bind(id).all()).results),
  optimistic: true,
});

const NOW = 1_800_000_000_000;

test("PostgreSQL: a transaction that a handler broke, and hid, is undone", async () => {
  const session = (await ready(new PostgresTransactions(pool, { name: "broken" }))).begin();
  await session.claim("key", "a", 1000, NOW);
  await session.tx.query("no SQL at all").catch(() => {});
  await assert.rejects(session.complete("key", "a", 1000, NOW));
  const again = new PostgresTransactions(pool, { name: "broken" }).begin();
  assert.equal((await again.claim("key", "b", 1000, NOW)).state, "claimed");
  await again.release("key", "b");
});

test("PostgreSQL: whoever waits too long for another's transaction is to come again", async () => {
  const store = await ready(new PostgresTransactions(pool, { name: "waiting", lockTimeout: 100 }));
  const first = store.begin();
  assert.equal((await first.claim("key", "a", 1000, NOW)).state, "claimed");
  const second = await store.begin().claim("key", "b", 1000, NOW);
  assert.deepEqual({ ...second }, { state: "in_progress", until: NOW + 1000 });
  assert.equal(await first.complete("key", "a", 1000, NOW), "done");
  assert.equal(pool.idleCount, pool.totalCount);
});

test("SQLite: stores on one connection take turns, and leave a transaction of others alone", async () => {
  const database = new DatabaseSync(":memory:");
  const [one, two] = ["one", "two"].map((name) => new SqliteTransactions(database, { name, lockTimeout: 50 }));
  await one.setup();
  const [first, second] = [one.begin(), two.begin()];
  assert.equal((await first.claim("key", "a", 1000, NOW)).state, "claimed");
  assert.deepEqual({ ...(await second.claim("key", "b", 1000, NOW)) }, { state: "in_progress", until: NOW + 1000 });
  assert.equal(await first.complete("key", "a", 1000, NOW), "done");

  database.exec("CREATE TABLE own (id text); BEGIN; INSERT INTO own VALUES ('mine')");
  await assert.rejects(two.begin().claim("key", "b", 1000, NOW));
  database.exec("COMMIT");
  assert.equal(database.prepare("SELECT count(*) AS n FROM own").get().n, 1);
  const last = two.begin();
  assert.equal((await last.claim("key", "b", 1000, NOW)).state, "claimed");
  assert.equal(await last.complete("key", "b", 1000, NOW), "done");
});

test("SQLite: what has a lease is not undone with a transaction on the same connection", async () => {
  const database = new DatabaseSync(":memory:");
  const [lease, other] = [new SqliteStore(database, { name: "a" }), new SqliteTransactions(database, { name: "b" })];
  await lease.setup();
  const session = other.begin();
  await session.claim("key", "a", 1000, NOW);
  const claimed = lease.claim("key", "b", 1000, NOW);
  await session.release("key", "a");
  assert.equal((await claimed).state, "claimed");
  assert.equal(await lease.complete("key", "b", 1000, NOW), "done");

  database.exec("BEGIN");
  await assert.rejects(lease.claim("another", "c", 1000, NOW), /a connection of the store's own/);
  database.exec("ROLLBACK");
});

test("SQLite: whoever waits for the file stops nobody in this process", async () => {
  const databases = [open(), open()];
  const [one, other] = databases.map((database) => new SqliteTransactions(database, { name: "waiting" }));
  await one.setup();
  const [first, second] = [one.begin(), other.begin()];
  await first.claim("key", "a", 1000, NOW);
  const waits = second.claim("key", "b", 1000, NOW);
  // Of another process it is not known when it will be done: that is tried again and again, between whatever else there is to do.
  await sleep(20);
  assert.equal(await first.complete("key", "a", 1000, NOW), "done");
  assert.equal((await waits).state, "completed");

  const process = open();
  process.exec("BEGIN IMMEDIATE");
  const third = other.begin();
  const tries = third.claim("another", "b", 1000, NOW);
  await sleep(20);
  process.exec("ROLLBACK");
  assert.equal((await tries).state, "claimed");
  await third.release("another", "b");
  for (const database of [...databases, process]) database.close();
});

test("PostgreSQL: setting up again and sweeping are in nobody's way", { timeout: 10_000 }, async () => {
  const transactions = await ready(new PostgresTransactions(pool, { name: "way" }));
  const lease = new PostgresStore(pool, { name: "way" });
  await lease.claim("expired", "a", 1000, NOW);
  const session = transactions.begin();
  assert.equal((await session.claim("expired", "b", 60_000, NOW + 1000)).state, "claimed");
  await transactions.setup();
  await lease.sweep(NOW + 1000);
  const other = transactions.begin();
  assert.equal((await other.claim("another", "c", 1000, NOW)).state, "claimed");
  await other.release("another", "c");
  await session.release("expired", "b");
});

test("PostgreSQL: an idle connection that drops ends no process", { timeout: 10_000 }, async (t) => {
  for (const Store of [PostgresStore, PostgresTransactions]) {
    const own = new pg.Pool({ connectionString: postgres.url });
    t.after(() => own.end());
    await new Store(own, { name: "idle" }).setup();
    const { rows } = await own.query("SELECT pg_backend_pid() AS pid");
    const dropped = new Promise((resolve) => own.once("remove", resolve));
    await pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
    await dropped;
    assert.equal((await own.query("SELECT 1 AS one")).rows[0].one, 1);
  }
});

test("D1: what is added when all is sent is not dropped without a word", async () => {
  const session = (await ready(new D1Transactions(d1, { name: "late" }))).begin();
  await session.claim("key", "a", 1000, NOW);
  assert.equal(await session.complete("key", "a", 1000, NOW), "done");
  assert.throws(() => session.tx.add(d1.prepare("SELECT 1").bind()), /await what adds it/);
});

test("PostgreSQL: a handler that never ends keeps nothing", async () => {
  const store = await ready(new PostgresTransactions(pool, { name: "stuck" }));
  const [stuck, next] = [store.begin(), store.begin()];
  assert.equal((await stuck.claim("key", "a", 50, NOW)).state, "claimed");
  assert.equal((await next.claim("key", "b", 1000, NOW)).state, "claimed");
  assert.equal(await next.complete("key", "b", 1000, NOW), "done");
  await assert.rejects(stuck.complete("key", "a", 1000, NOW));
});

test("PostgreSQL: a connection that drops under a handler ends no process", { timeout: 10_000 }, async () => {
  const session = (await ready(new PostgresTransactions(pool, { name: "dropped" }))).begin();
  await session.claim("key", "a", 1000, NOW);
  const { rows } = await session.tx.query("SELECT pg_backend_pid() AS pid");
  const ended = new Promise((resolve) => session.tx.once("end", resolve));
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  await ended;
  await assert.rejects(session.complete("key", "a", 1000, NOW));
  assert.equal(pool.idleCount, pool.totalCount);
});

test("D1: another's claim that still holds is not taken for an event that was handled", async () => {
  const [own, other] = [new D1Transactions(d1, { name: "beside" }), new D1Store(d1, { name: "beside" })];
  await ready(own);
  const session = own.begin();
  await session.claim("key", "a", 1000, NOW);
  await other.claim("key", "b", 1000, NOW);
  await assert.rejects(session.complete("key", "a", 1000, NOW));
  await other.complete("key", "b", 1000, NOW);
  assert.equal(await session.complete("key", "a", 1000, NOW), "completed");
});

test("options that are none are refused", () => {
  const wrong = [
    () => new PostgresTransactions(pool),
    () => new PostgresTransactions(pool, { name: "a", lockTimeout: 0 }),
    () => new PostgresTransactions(pool, { name: "a", lockTimeout: "soon" }),
    () => new SqliteTransactions({}, null),
    () => new D1Transactions({}),
    () => new PostgresStore(pool),
    () => new PostgresStore(postgres.url, { name: "a" }),
    () => new PostgresTransactions({ query() {} }, { name: "a" }),
    () => new SqliteStore("claims.db", { name: "a" }),
    () => new SqliteStore(sqlite, { name: "a", lockTimeout: 0 }),
    () => new D1Store(undefined, { name: "a" }),
    () => new D1Transactions({ prepare() {} }, { name: "a" }),
    () => new RedisStore(client, { name: "a" }),
  ];
  for (const make of wrong) assert.throws(make, { code: "invalid_option" });
});

test("SQLite: whoever finds the file locked is to come again", async () => {
  const store = await ready(
    new SqliteTransactions(new DatabaseSync(join(folder, "claims.db")), { name: "busy", lockTimeout: 50 }),
  );
  sqlite.exec("BEGIN IMMEDIATE");
  assert.equal((await store.begin().claim("key", "a", 1000, NOW)).state, "in_progress");
  sqlite.exec("ROLLBACK");
  const session = store.begin();
  assert.equal((await session.claim("key", "a", 1000, NOW)).state, "claimed");
  await session.release("key", "a");
});

test("the table is the one that migrations are shown", async () => {
  const db = new DatabaseSync(":memory:");
  for (const statement of schema()) db.exec(statement);
  assert.equal((await new SqliteStore(db, { name: "a" }).claim("key", "a", 1, NOW)).state, "claimed");
  assert.equal(db.prepare("SELECT key FROM hookseal_claims").all()[0].key, "a:key");
});

for (const [what, store] of Object.entries({
  SQLite: () => new SqliteStore(sqlite, { name: "sweep" }),
  PostgreSQL: () => new PostgresStore(pool, { name: "sweep" }),
})) {
  test(`${what}: a sweep clears away what has expired, and nothing else`, async () => {
    const swept = await ready(store());
    const future = NOW + 86_400_000;
    await swept.claim("expired", "a", 1000, 0);
    await swept.claim("live", "a", 1000, future);
    await swept.sweep(NOW - 1);
    const count = async () => {
      const rows =
        what === "SQLite"
          ? sqlite.prepare("SELECT key FROM hookseal_claims").all()
          : (await pool.query("SELECT key FROM hookseal_claims")).rows;
      return rows.map(({ key }) => key).filter((key) => key.startsWith("sweep:"));
    };
    assert.deepEqual(await count(), ["sweep:live"]);
  });
}

test("a name must be one", () => {
  for (const name of ["", "a:b", "é", "x".repeat(65), undefined, 7]) {
    const all = [
      () => new RedisStore(async () => {}, { name }),
      () => new PostgresStore(pool, { name }),
      () => new D1Transactions(d1, { name }),
    ];
    for (const make of all) assert.throws(make, { name: "ConfigError", code: "invalid_option" });
  }
});

test("Redis: a warning, once, where it may evict or forget", async (t) => {
  const warned = t.mock.method(console, "warn", () => {});
  const forgetful = await startRedis({ appendonly: "no", "maxmemory-policy": "allkeys-lru", maxmemory: "10mb" });
  const to = await createClient({ url: forgetful.url }).connect();
  const store = new RedisStore((script, key, parameters) => to.eval(script, { keys: [key], arguments: parameters }), {
    name: "a",
  });
  await store.claim("one", "a", 1000, NOW);
  await store.claim("two", "a", 1000, NOW);
  for (let tries = 0; warned.mock.callCount() < 2 && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const told = warned.mock.calls.map(({ arguments: [by, warning] }) => [by, warning.slice(0, 23)]);
  assert.deepEqual(told, [
    ["hookseal:", "redis may evict keys, a"],
    ["hookseal:", "redis forgets what it h"],
  ]);
  to.destroy();
  await forgetful.stop();
});
