// SQLite, by way of `node:sqlite`.
import { Keys, type Named } from "../keys.js";
import type { TransactionalStore } from "../store.js";
import { clientWith } from "./client.js";
import { LeaseStore, schema, type Query } from "./claims.js";
import { lockTimeout, type Locking } from "./locking.js";
import { Transaction, type Engine } from "./transaction.js";
import { turn } from "./turns.js";

/** What it needs of a `DatabaseSync`. */
export interface SqliteDatabase {
  prepare(text: string): { all(...values: any[]): unknown[] };
}

const querying =
  (database: SqliteDatabase): Query =>
  async (text, values) =>
    database.prepare(text).all(...values) as any[];

/**
 * Claims with a lease, in a file of SQLite's that several processes on one machine share. Open it with a `timeout`, so that they
 * wait for each other, and with a write-ahead log.
 *
 * @example
 * ```js
 * import { SqliteStore } from "hookseal/sql";
 *
 * // Of node:sqlite, in Node 22.13 or later: new DatabaseSync("claims.db", { timeout: 2000 }), and PRAGMA journal_mode = WAL
 * const database = { prepare: () => ({ all: () => [] }) };
 * const store = new SqliteStore(database, { name: "reports" });
 * await store.setup();
 * console.log(typeof store.claim); // function
 * ```
 */
export class SqliteStore extends LeaseStore {
  /** @throws {@link ConfigError} `invalid_option`: what is no database, or the name */
  constructor(database: SqliteDatabase, options: Named) {
    super(querying(clientWith(database, "prepare")), "?1", options);
  }
}

/**
 * Claim and effect in one transaction of SQLite's: what a handler writes with `tx` takes effect exactly once. Deliveries take turns,
 * in this process and, as SQLite has one writer at a time, in all: a handler that never ends keeps the turn, so give what it awaits a
 * time limit. Give it a connection that nothing else uses, or what is written there between a handler's awaits joins its transaction.
 */
export class SqliteTransactions<Database extends SqliteDatabase> implements TransactionalStore<Database> {
  readonly #database: Database;
  readonly #keys: Keys;
  readonly #engine: Engine<Database>;

  /**
   * @param options.lockTimeout - how many ms a delivery waits for its turn in this process: 5000. Keep it below the deadline. For
   *   other processes it waits for as long as the connection's `timeout` says.
   * @throws {@link ConfigError} `invalid_option`: what is no database, the name, or the lock timeout
   */
  constructor(database: Database, options: Named & Locking) {
    this.#database = clientWith(database, "prepare");
    this.#keys = new Keys(options);
    const wait = lockTimeout(options);
    this.#engine = {
      dialect: "?1",
      open: () => this.#open(wait),
      begin: () => "BEGIN IMMEDIATE",
      isBusy: (error) => (error as { errcode?: unknown })?.errcode === SQLITE_BUSY,
    };
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    for (const text of schema()) await querying(this.#database)(text, []);
  }

  begin(): Transaction<Database> {
    return new Transaction(this.#engine, this.#keys);
  }

  /** When whoever has the connection gives it back. */
  async #open(wait: number) {
    const giveBack = await turn(this.#database, wait);
    if (!giveBack) throw Object.assign(new Error("database is locked"), { errcode: SQLITE_BUSY });
    return { tx: this.#database, query: querying(this.#database), giveBack };
  }
}

const SQLITE_BUSY = 5;
