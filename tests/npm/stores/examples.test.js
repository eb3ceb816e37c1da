// The examples with shared stores: what one process has handled, another knows.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { Webhook } from "hookseal";
import { delivery, sample } from "hookseal/tools";
import { freePorts } from "../demo/ports.js";
import { spawned } from "../demo/spawned.js";
import { workerd } from "../demo/workerd.js";
import { startPostgres } from "../services/postgres.js";
import { startRedis } from "../services/redis.js";

const secret = "a secret of 32 characters or more";
const webhook = new Webhook("glycanage", secret);
const bin = (name) => fileURLToPath(new URL(`../../../target/venv/bin/${name}`, import.meta.url));
const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** A copy of an example, beside the packages that it imports and gone with the suite. */
function staged(name) {
  const folder = mkdtempSync(join(import.meta.dirname, `example-${name}-`));
  after(() => rmSync(folder, { recursive: true }));
  cpSync(join(examples, name), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  return folder;
}

async function post(port, event) {
  const url = `http://127.0.0.1:${port}/webhooks/glycanage`;
  const response = await fetch(url, { method: "POST", ...delivery(webhook, event) });
  return `${response.status} ${await response.text()}`;
}

/** Two servers: an event that one of them has handled is a duplicate to the other, and so it stays when both start anew. */
async function remember(t, start) {
  let fresh = 0;
  const event = () =>
    sample("glycanage", "report-ready", { id: `evt_${++fresh}`, data: { reportId: `report_${fresh}` } });
  const [first, second] = [event(), event()];
  const servers = [];
  t.after(() => Promise.all(servers.map((server) => server.stop())));
  const launch = async () => {
    const server = start((await freePorts(1))[0]);
    servers.push(server);
    await server.ready();
    return server;
  };
  const [one, other] = [await launch(), await launch()];
  assert.equal(await post(one.port, first), "200 handled");
  assert.equal(await post(other.port, first), "200 duplicate");
  assert.equal(await post(other.port, second), "200 handled");
  assert.equal(await post(one.port, second), "200 duplicate");
  await one.stop();
  const again = await launch();
  assert.equal(await post(again.port, second), "200 duplicate");
}

const env = { ...process.env, GLYCANAGE_WEBHOOK_SECRET: secret, LOOP_WEBHOOK_SECRET: secret, HOST: "127.0.0.1" };

test("Express with Redis", async (t) => {
  const redis = await startRedis();
  t.after(() => redis.stop());
  const cwd = staged("express_redis");
  await remember(t, (port) =>
    spawned("Express", port, [process.execPath, "server.js"], {
      cwd,
      env: { ...env, PORT: port, REDIS_URL: redis.url },
    }),
  );
});

/** How the examples of Flask are served: by several workers, in a folder of their own. */
const gunicorn = (cwd, more) => (port) =>
  spawned(
    "Flask",
    port,
    [bin("gunicorn"), "--workers", "2", "--no-control-socket", "--bind", `127.0.0.1:${port}`, "app:app"],
    {
      cwd,
      env: { ...env, ...more },
    },
  );

test("Flask with SQLite, for several workers", (t) => remember(t, gunicorn(staged("flask_sqlite"))));

test("Flask with PostgreSQL, in one transaction", async (t) => {
  const postgres = await startPostgres();
  const database = new pg.Client(postgres.url);
  await database.connect();
  t.after(async () => {
    await database.end();
    await postgres.stop();
  });
  const folder = staged("flask_postgres");
  await database.query(readFileSync(join(folder, "tables.sql"), "utf8"));
  await remember(t, gunicorn(folder, { DATABASE_URL: postgres.url }));
  const { rows } = await database.query("SELECT id, kit FROM reports ORDER BY id");
  assert.deepEqual(rows, [
    { id: "report_1", kit: "KIT001234" },
    { id: "report_2", kit: "KIT001234" },
  ]);
});

test("a Worker with D1, in one batch", async (t) => {
  const folder = staged("worker_d1");
  const [port] = await freePorts(1);
  const worker = workerd("Worker", port, folder, { GLYCANAGE_WEBHOOK_SECRET: secret }, { d1Databases: ["DB"] });
  t.after(() => worker.stop());
  const database = await worker.miniflare.getD1Database("DB");
  const migration = readFileSync(join(folder, "migrations/0001_tables.sql"), "utf8").replaceAll(/^--.*$/gm, "");
  for (const statement of migration.split(";").filter((text) => text.trim())) await database.prepare(statement).run();
  await worker.ready();

  const event = sample("glycanage", "report-ready");
  const verdicts = await Promise.all(Array.from({ length: 8 }, () => post(port, event)));
  assert.deepEqual(verdicts.sort(), [...Array(7).fill("200 duplicate"), "200 handled"]);
  assert.equal(await post(port, event), "200 duplicate");
  const { results } = await database.prepare("SELECT id, kit FROM reports").all();
  assert.deepEqual(results, [{ id: "report_78901", kit: "KIT001234" }]);
});
