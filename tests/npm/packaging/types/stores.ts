// The shared stores, with the types of the drivers that they are for. Nothing is connected.
import { Receiver, Webhook } from "hookseal";
import { RedisStore } from "hookseal/redis";
import { PostgresStore, PostgresTransactions, schema } from "hookseal/sql";
import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";

const webhook = new Webhook("glycanage", "secret");
const name = "reports";

const client = createClient();
const redis = new RedisStore((script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }), {
  name,
});
const ioredis = new Redis({ lazyConnect: true });
const other = new RedisStore((script, key, parameters) => ioredis.eval(script, 1, key, ...parameters), { name });

const pool = new pg.Pool();
const lease = new PostgresStore(pool, { name });
for (const store of [redis, other, lease]) new Receiver(webhook, (_, { tx }) => tx satisfies undefined, { store });

const transactions = new PostgresTransactions(pool, { name, lockTimeout: 1000 });
new Receiver(webhook, (event, { tx }) => tx.query("INSERT INTO events VALUES ($1)", [event.type]), {
  store: transactions,
});
// @ts-expect-error a client of pg's has no such method
new Receiver(webhook, (_, { tx }) => tx.execute("select 1"), { store: transactions });

// @ts-expect-error a shared store has a name
new PostgresStore(pool);
const statements: string[] = schema();
if (statements.length !== 2) throw new Error(statements.join());
