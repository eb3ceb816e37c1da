// PostgreSQL, by way of `pg`.
import { Keys, type Named } from "../keys.js";
import type { TransactionalStore } from "../store.js";
import { LeaseStore, schema, type Query } from "./claims.js";
import { Transaction, type Engine } from "./transaction.js";

/** What it needs of a `pg.Pool`. */
export interface PostgresPool<Client extends PostgresClient = PostgresClient> {
  query(text: string, values: any[]): Promise<{ rows: any[] }>;
  connect(): Promise<Client>;
}

/** What it needs of a `pg.PoolClient`, which is what handlers get as `tx`. */
export interface PostgresClient {
  query(text: string, values: any[]): Promise<{ rows: any[] }>;
  release(broken?: boolean): void;
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
  /** @throws {@link ConfigError} `invalid_option`: the name */
  constructor(pool: Pick<PostgresPool, "query">, options: Named) {
    super(querying(pool), "$1", options);
  }
}

/**
 * Claim and effect in one transaction of PostgreSQL's: what a handler writes with `tx` takes effect exactly once. Each delivery has
 * a connection of the pool's to itself.
 */
export class PostgresTransactions<Client extends PostgresClient> implements TransactionalStore<Client> {
  readonly #pool: PostgresPool<Client>;
  readonly #keys: Keys;
  readonly #engine: Engine<Client>;

  /**
   * @param options.lockTimeout - how many ms a delivery waits for another of the same event: 5000. Keep it below the deadline.
   * @throws {@link ConfigError} `invalid_option`: the name
   */
  constructor(pool: PostgresPool<Client>, options: Named & { readonly lockTimeout?: number }) {
    const { name, lockTimeout = 5000 } = options;
    this.#pool = pool;
    this.#keys = new Keys(name);
    this.#engine = {
      dialect: "$1",
      open: () => this.#open(),
      begin: `BEGIN; SET LOCAL lock_timeout = ${Math.trunc(Number(lockTimeout)) || 5000}`,
      // Lock not available in time, and could not serialise.
      isBusy: (error) => ["55P03", "40001"].includes(String((error as { code?: unknown })?.code)),
    };
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    for (const text of schema()) await this.#pool.query(text, []);
  }

  begin(): Transaction<Client> {
    return new Transaction(this.#engine, this.#keys);
  }

  async #open() {
    const client = await this.#pool.connect();
    // Without parameters `pg` takes several statements at once.
    const query: Query = async (text, values) => {
      const { rows = [] } = await (values.length > 0 ? client.query(text, values) : (client as any).query(text));
      return rows;
    };
    return { tx: client, query, giveBack: (broken: boolean) => client.release(broken) };
  }
}
