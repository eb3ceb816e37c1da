// What `cargo xtask soak` runs: each protocol under a sender that repeats itself and workers that are killed, and one table of what
// was lost and what happened twice.
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PostgresStore, SqliteStore } from "hookseal/sql";
import pg from "pg";
import { freePorts } from "../demo/ports.js";
import { startPostgres } from "../services/postgres.js";
import { startRedis } from "../services/redis.js";
import { protocols } from "./protocols.js";
import { send } from "./sender.js";
import { Workers } from "./workers.js";

const deliveries = Number(process.env.DELIVERIES ?? 100_000);
const LEASE = 1000;

/** What each must come to: the first two exactly, a lease's duplicates up to the kills, and the copied ones show their fault. */
const expectations = {
  transactional: ({ lost, duplicated }) => lost === 0 && duplicated === 0,
  lease: ({ lost, duplicated, kills }) => lost === 0 && duplicated <= kills,
  "mark before": ({ lost }) => lost > 0,
  "mark after": ({ lost, duplicated }) => lost === 0 && duplicated > 0,
};

async function soak(protocol, services) {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-soak-"));
  const where = { file: join(folder, "effects"), database: join(folder, "claims.db"), ...services };
  const pool = new pg.Pool({ connectionString: services.postgres });
  const database = new DatabaseSync(where.database);
  try {
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE effects (id text NOT NULL)");
    await pool.query("DROP TABLE IF EXISTS effects, hookseal_claims");
    await pool.query("CREATE TABLE effects (id text NOT NULL)");
    await new SqliteStore(database, { name: "soak" }).setup();
    await new PostgresStore(pool, { name: "soak" }).setup();

    const [secret, ports] = [randomBytes(16).toString("hex"), await freePorts(2)];
    const workers = new Workers({ protocol, secret, lease: LEASE, ...where }, ports);
    const sent = await send({ deliveries, secret, ports });
    await workers.stop();

    const happened = [
      ...database.prepare("SELECT id FROM effects").all(),
      ...(await pool.query("SELECT id FROM effects")).rows,
    ].map(({ id }) => id);
    if (existsSync(where.file)) happened.push(...readFileSync(where.file, "utf8").trim().split("\n"));
    const times = new Map();
    for (const id of happened) times.set(id, (times.get(id) ?? 0) + 1);
    const lost = sent.ids.filter((id) => !times.has(id)).length;
    const duplicated = sent.ids.filter((id) => times.get(id) > 1).length;
    return { protocol, deliveries: sent.deliveries, attempts: sent.attempts, kills: workers.kills, lost, duplicated };
  } finally {
    await pool.end();
    database.close();
    rmSync(folder, { recursive: true });
  }
}

const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
let wrong = 0;
try {
  const wanted = process.env.PROTOCOLS?.split(";") ?? Object.keys(protocols);
  for (const protocol of wanted) {
    const row = await soak(protocol, { redis: redis.url, postgres: postgres.url });
    const [, asExpected] = Object.entries(expectations).find(([kind]) => protocol.includes(kind));
    const remark = asExpected(row) ? "" : "  <-- not as expected";
    if (remark) wrong++;
    const { deliveries, attempts, kills, lost, duplicated } = row;
    console.log(
      `${protocol.padEnd(32)} ${deliveries} deliveries, ${attempts} attempts, ${kills} kills: ${lost} lost, ${duplicated} duplicated${remark}`,
    );
  }
} finally {
  await Promise.all([redis.stop(), postgres.stop()]);
}
console.log(`${wrong === 0 ? "all" : `all but ${wrong}`} as expected`);
process.exit(wrong === 0 ? 0 : 1);
