// PostgreSQL, by way of `pg`.
import { Keys, type Named } from "../keys.js";
import type { TransactionalStore } from "../store.js";
import { clientWith } from "./client.js";
import { LeaseStore, schema, statement, type Query } from "./claims.js";
import { lockTimeout, type Locking } from "./locking.js";
import { Transaction, type Engine } from "./transaction.js";

/** What it needs of a `pg.Pool`. */
export interface PostgresPool<Client extends PostgresClient = PostgresClient> {
  query(text: string, values: any[]): Promise<{ rows: any[] }>;
  connect(): Promise<Client>;
  on?(name: "error", listener: () => void): unknown;
}

/** What it needs of a `pg.PoolClient`, which is what handlers get as `tx`. */
export interface PostgresClient {
  query(text: string, values: any[]): Promise<{ rows: any[] }>;
  release(broken?: boolean): void;
  on?(name: "error", listener: () => void): unknown;
  off?(name: "error", listener: () => void): unknown;
}

/**
 * The pool, if it is one. It says by an event that an idle connection has dropped, as all do when PostgreSQL restarts, and that ends
 * the process where nobody listens: the pool itself has forgotten the connection by then, and makes another one.
 */
function kept<Pool extends Pick<PostgresPool, "query" | "on">>(pool: Pool, ...methods: (keyof Pool)[]): Pool {
  clientWith(pool, ...methods);
  pool.on?.("error", () => {});
  return pool;
}

const querying =
  (by: Pick<PostgresClient, "query">): Query =>
  async (text, values) =>
    (await by.query(text, values)).rows;

/**
 * Claims with a lease, in PostgreSQL.
 *
 * @example
 * ```js
 * import { PostgresStore } from "hookseal/sql";
 *
 * const pool = { query: async (text) => ({ rows: [] }) }; // new pg.Pool()
 * const store = new PostgresStore(pool, { name: "reports" });
 * await store.setup();
 * console.log(typeof store.claim); // function
 * ```
 */
export class PostgresStore extends LeaseStore {
  /** @throws {@link ConfigError} `invalid_option`: what is no pool, or the name */
  constructor(pool: Pick<PostgresPool, "query" | "on">, options: Named) {
    super(querying(kept(pool, "query")), "$1", options);
  }

  override setup(): Promise<void> {
    return setUp(this.query);
  }
}

/**
 * Claim and effect in one transaction of PostgreSQL's: what a handler writes with `tx` takes effect exactly once. Each delivery has
 * a connection of the pool's to itself. A handler that leaves its transaction idle for longer than the lease loses it, and the
 * connection.
 */
export class PostgresTransactions<Client extends PostgresClient> implements TransactionalStore<Client> {
  readonly #pool: PostgresPool<Client>;
  readonly #keys: Keys;
  readonly #engine: Engine<Client>;

  /**
   * @param options.lockTimeout - how many ms a delivery waits for another of the same event: 5000. Keep it below the deadline.
   * @throws {@link ConfigError} `invalid_option`: what is no pool, the name, or the lock timeout
   */
  constructor(pool: PostgresPool<Client>, options: Named & Locking) {
    this.#pool = kept(pool, "query", "connect");
    this.#keys = new Keys(options);
    const wait = lockTimeout(options);
    this.#engine = {
      dialect: "$1",
      open: () => this.#open(),
      // A handler that never ends must not keep the event, and the connection, from all others.
      begin: (lease) =>
        `BEGIN; SET LOCAL lock_timeout = ${wait}; SET LOCAL idle_in_transaction_session_timeout = ${lease}`,
      // Lock not available in time, and could not serialise.
      isBusy: (error) => ["55P03", "40001"].includes(String((error as { code?: unknown })?.code)),
    };
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    await setUp(querying(this.#pool));
  }

  begin(): Transaction<Client> {
    return new Transaction(this.#engine, this.#keys);
  }

  async #open() {
    const client = await this.#pool.connect();
    // A connection that drops says so by an event, which ends the process where nobody listens. The next statement fails.
    const dropped = () => {};
    client.on?.("error", dropped);
    // Without parameters `pg` takes several statements at once.
    const query: Query = async (text, values) => {
      const { rows = [] } = await (values.length > 0 ? client.query(text, values) : (client as any).query(text));
      return rows;
    };
    const giveBack = (broken: boolean) => {
      client.release(broken);
      client.off?.("error", dropped);
    };
    return { tx: client, query, giveBack };
  }
}

/** What PostgreSQL says of a table or an index that somebody else makes at the same time, `IF NOT EXISTS` or not. */
const madeMeanwhile = ["23505", "42P07", "42710"];

async function setUp(query: Query): Promise<void> {
  if ((await query(statement("is_set_up", "$1"), [])).length > 0) return;
  for (const text of schema()) {
    await query(text, []).catch((error: { code?: unknown }) => {
      if (!madeMeanwhile.includes(String(error?.code))) throw error;
      return query(text, []);
    });
  }
}
