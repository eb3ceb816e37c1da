// The stores that are measured, and how each is filled with live keys of others, which take so many bytes.
import { DatabaseSync } from "node:sqlite";
import { MemoryStore } from "hookseal";
import { RedisStore } from "hookseal/redis";
import { PostgresStore, PostgresTransactions, SqliteStore, SqliteTransactions } from "hookseal/sql";
import pg from "pg";
import { createClient } from "redis";

const { HOOKSEAL_REDIS, HOOKSEAL_POSTGRES } = process.env;
const name = "bench";
const UNTIL = Date.now() + 86_400_000;

/** Live keys are as long as those of events whose ids are UUIDs, and so are their tokens. */
const liveKey = (n) => `loop:id:${String(n).padStart(36, "0")}`;
const TOKEN = liveKey(0).slice(-36);

const pool = () => new pg.Pool({ connectionString: HOOKSEAL_POSTGRES, max: 16 });

function sqlite(file) {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL");
  return database;
}

const redis = () => createClient({ url: HOOKSEAL_REDIS }).connect();

async function fillPostgres(keys) {
  const all = pool();
  await new PostgresStore(all, { name }).setup();
  await all.query("TRUNCATE hookseal_claims");
  await all.query(
    `INSERT INTO hookseal_claims SELECT 'bench:loop:id:' || lpad(n::text, 36, '0'), $3, 'completed', $2
     FROM generate_series(1, $1) AS n`,
    [keys, UNTIL, TOKEN],
  );
  await all.query("VACUUM ANALYZE hookseal_claims");
  const { rows } = await all.query("SELECT pg_total_relation_size('hookseal_claims') AS bytes");
  await all.end();
  return Number(rows[0].bytes);
}

async function fillSqlite(keys, file) {
  const database = sqlite(file);
  await new SqliteStore(database, { name }).setup();
  database.exec("DELETE FROM hookseal_claims");
  database
    .prepare(
      `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
       INSERT INTO hookseal_claims SELECT 'bench:loop:id:' || printf('%036d', n), ?, 'completed', ? FROM n WHERE ? > 0`,
    )
    .run(keys, TOKEN, UNTIL, keys);
  const pages = database.prepare(
    "SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
  );
  const { bytes } = pages.get();
  database.close();
  return bytes;
}

async function fillRedis(keys) {
  const client = await redis();
  await client.flushAll();
  const used = async () => Number(/used_memory:(\d+)/.exec(await client.info("memory"))[1]);
  const before = await used();
  for (let from = 0; from < keys; from += 10_000) {
    const batch = client.multi();
    for (let n = from; n < Math.min(from + 10_000, keys); n++) {
      const key = `bench:${liveKey(n)}`;
      batch.hSet(key, { token: TOKEN, state: "completed", until: String(UNTIL) }).pExpire(key, 86_400_000);
    }
    await batch.execAsPipeline();
  }
  const bytes = (await used()) - before;
  client.destroy();
  return bytes;
}

/** `shared`: whether two processes can have it; `fill`: with so many keys that are live. */
export const stores = {
  memory: {
    make: async (file, keys) => {
      const store = new MemoryStore({ bound: 2_000_000 });
      for (let n = 0; n < keys; n++) {
        store.claim(liveKey(n), TOKEN, 1000, UNTIL);
        store.complete(liveKey(n), TOKEN, 86_400_000, UNTIL);
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
