// The stores that are measured, and how each is filled with live keys of others.
import { DatabaseSync } from "node:sqlite";
import { MemoryStore } from "hookseal";
import { RedisStore } from "hookseal/redis";
import { PostgresStore, PostgresTransactions, SqliteStore, SqliteTransactions } from "hookseal/sql";
import pg from "pg";
import { createClient } from "redis";

const { HOOKSEAL_REDIS, HOOKSEAL_POSTGRES } = process.env;
const name = "bench";
const UNTIL = Date.now() + 86_400_000;

const pool = () => new pg.Pool({ connectionString: HOOKSEAL_POSTGRES, max: 16 });

function sqlite(file) {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  database.exec("PRAGMA journal_mode = WAL");
  return database;
}

const redis = () => createClient({ url: HOOKSEAL_REDIS }).connect();

async function fillPostgres(keys) {
  const all = pool();
  await new PostgresStore(all, { name }).setup();
  await all.query("TRUNCATE hookseal_claims");
  await all.query(
    "INSERT INTO hookseal_claims SELECT 'bench:loop:id:live_' || n, 'token', 'completed', $2 FROM generate_series(1, $1) AS n",
    [keys, UNTIL],
  );
  await all.query("VACUUM ANALYZE hookseal_claims");
  await all.end();
}

async function fillSqlite(keys, file) {
  const database = sqlite(file);
  await new SqliteStore(database, { name }).setup();
  database.exec("DELETE FROM hookseal_claims");
  database
    .prepare(
      `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
       INSERT INTO hookseal_claims SELECT 'bench:loop:id:live_' || n, 'token', 'completed', ? FROM n WHERE ? > 0`,
    )
    .run(keys, UNTIL, keys);
  database.close();
}

async function fillRedis(keys) {
  const client = await redis();
  await client.flushAll();
  for (let from = 0; from < keys; from += 10_000) {
    const batch = client.multi();
    for (let n = from; n < Math.min(from + 10_000, keys); n++) {
      const key = `bench:loop:id:live_${n}`;
      batch.hSet(key, { token: "token", state: "completed", until: String(UNTIL) }).pExpire(key, 86_400_000);
    }
    await batch.execAsPipeline();
  }
  client.destroy();
}

/** `shared`: whether two processes can have it; `fill`: with so many keys that are live. */
export const stores = {
  memory: {
    make: async (file, keys) => {
      const store = new MemoryStore({ bound: 2_000_000 });
      for (let n = 0; n < keys; n++) {
        store.claim(`loop:id:live_${n}`, "token", 1000, UNTIL);
        store.complete(`loop:id:live_${n}`, "token", 86_400_000, UNTIL);
      }
      return store;
    },
  },
  "Redis, lease": {
    shared: true,
    fill: fillRedis,
    make: async () => {
      const client = await redis();
      return new RedisStore((script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }), {
        name,
      });
    },
  },
  "PostgreSQL, lease": { shared: true, fill: fillPostgres, make: async () => new PostgresStore(pool(), { name }) },
  "PostgreSQL, transactional": {
    shared: true,
    fill: fillPostgres,
    make: async () => new PostgresTransactions(pool(), { name }),
  },
  "SQLite, lease": { shared: true, fill: fillSqlite, make: async (file) => new SqliteStore(sqlite(file), { name }) },
  "SQLite, transactional": {
    shared: true,
    fill: fillSqlite,
    make: async (file) => new SqliteTransactions(sqlite(file), { name }),
  },
};
