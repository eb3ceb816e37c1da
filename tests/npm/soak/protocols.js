// What the soak compares: hookseal's stores, and the two protocols that people copy. Each gives a store, and the `effect` of an
// event; effects of a transaction are in its database, all others in a file that a killed process cannot take back.
import { appendFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { RedisStore } from "hookseal/redis";
import { PostgresStore, PostgresTransactions, SqliteStore, SqliteTransactions } from "hookseal/sql";
import pg from "pg";
import { createClient } from "redis";

const name = "soak";

const toFile =
  ({ file }) =>
  async (id) =>
    appendFileSync(file, `${id}\n`);

function sqlite({ database }) {
  const opened = new DatabaseSync(database);
  opened.exec("PRAGMA journal_mode = WAL");
  return opened;
}

const pool = ({ postgres }) => {
  const opened = new pg.Pool({ connectionString: postgres, max: 8 });
  opened.on("error", () => {});
  return opened;
};

async function redis(where) {
  const client = createClient({ url: where.redis });
  client.on("error", () => {});
  await client.connect();
  return client;
}

export const protocols = {
  "SQLite, transactional": async (where) => {
    const database = sqlite(where);
    const effect = async (id, { tx }) => tx.prepare("INSERT INTO effects VALUES (?)").run(id);
    return { store: new SqliteTransactions(database, { name }), effect };
  },
  "PostgreSQL, transactional": async (where) => {
    const effect = (id, { tx }) => tx.query("INSERT INTO effects VALUES ($1)", [id]);
    return { store: new PostgresTransactions(pool(where), { name }), effect };
  },
  "SQLite, lease": async (where) => ({ store: new SqliteStore(sqlite(where), { name }), effect: toFile(where) }),
  "PostgreSQL, lease": async (where) => ({ store: new PostgresStore(pool(where), { name }), effect: toFile(where) }),
  "Redis, lease": async (where) => {
    const client = await redis(where);
    const evaluate = (script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters });
    return { store: new RedisStore(evaluate, { name }), effect: toFile(where) };
  },
  "mark before, as people copy it": async (where) => {
    const client = await redis(where);
    const store = {
      claim: async (key) => ({
        state: (await client.set(`before:${key}`, "1", { NX: true })) ? "claimed" : "completed",
      }),
      complete: async () => "done",
      release: async (key) => ((await client.del(`before:${key}`)) ? "done" : "lost"),
    };
    return { store, effect: toFile(where) };
  },
  "mark after, as people copy it": async (where) => {
    const client = await redis(where);
    const store = {
      claim: async (key) => ({ state: (await client.exists(`after:${key}`)) ? "completed" : "claimed" }),
      complete: async (key) => ((await client.set(`after:${key}`, "1")) ? "done" : "lost"),
      release: async () => "done",
    };
    return { store, effect: toFile(where) };
  },
};
