// SQLite, by way of `node:sqlite`.
import { Keys, type Named } from "../keys.js";
import type { TransactionalStore } from "../store.js";
import { LeaseStore, schema, type Query } from "./claims.js";
import { clientWith } from "./client.js";
import { lockTimeout, type Locking } from "./locking.js";
import { Transaction, type Engine } from "./transaction.js";
import { turn } from "./turns.js";

/** What it needs of a `DatabaseSync`. */
export interface SqliteDatabase {
  prepare(text: string): { all(...values: any[]): unknown[] };
  readonly isTransaction?: boolean;
}

/**
 * Claims with a lease, in a file of SQLite's that several processes on one machine share. Give it a connection of its own, with a
 * write-ahead log, and without a `timeout`: SQLite's own waiting would stop the whole process, so the store itself tries again for as
 * long as `lockTimeout` says.
 *
 * @example
 * ```js
 * import { SqliteStore } from "hookseal/sql";
 *
 * // Of node:sqlite, in Node 22.13 or later: new DatabaseSync("claims.db"), and PRAGMA journal_mode = WAL
 * const database = { prepare: () => ({ all: () => [] }) };
 * const store = new SqliteStore(database, { name: "reports" });
 * await store.setup();
 * console.log(typeof store.claim); // function
 * ```
 */
export class SqliteStore extends LeaseStore {
  /**
   * @param options.lockTimeout - how many ms a delivery waits for others that write to the file: 5000. Keep it below the deadline.
   * @throws {@link ConfigError} `invalid_option`: what is no database, the name, or the lock timeout
   */
  constructor(database: SqliteDatabase, options: Named & Locking) {
    super(inTurn(clientWith(database, "prepare"), lockTimeout(options)), "?1", options);
  }
}

/**
 * Claim and effect in one transaction of SQLite's: what a handler writes with `tx` takes effect exactly once, unless it commits by
 * itself. Deliveries take turns, in this process and, as SQLite has one writer at a time, in all: a handler that never ends keeps the
 * turn, so give what it awaits a time limit. Give it a connection that nothing else uses, or what is written there between a handler's
 * awaits joins its transaction; and no `timeout`, as for {@link SqliteStore}.
 */
export class SqliteTransactions<Database extends SqliteDatabase> implements TransactionalStore<Database> {
  readonly #database: Database;
  readonly #keys: Keys;
  readonly #wait: number;
  readonly #engine: Engine<Database>;

  /**
   * @param options.lockTimeout - how many ms a delivery waits for others that write to the file: 5000. Keep it below the deadline.
   * @throws {@link ConfigError} `invalid_option`: what is no database, the name, or the lock timeout
   */
  constructor(database: Database, options: Named & Locking) {
    this.#database = clientWith(database, "prepare");
    this.#keys = new Keys(options);
    this.#wait = lockTimeout(options);
    this.#engine = {
      dialect: "?1",
      open: () => this.#open(),
      begin: () => "BEGIN IMMEDIATE",
      isBusy,
    };
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    for (const text of schema()) await inTurn(this.#database, this.#wait)(text, []);
  }

  begin(): Transaction<Database> {
    return new Transaction(this.#engine, this.#keys);
  }

  /** When whoever has the connection gives it back. */
  async #open() {
    const [giveBack, left] = await turnWith(this.#database, this.#wait);
    return { tx: this.#database, query: patiently(this.#database, left), giveBack };
  }
}

/** Each statement by itself, in its turn: within a transaction it would be undone with that. */
function inTurn(database: SqliteDatabase, wait: number): Query {
  return async (text, values) => {
    const [giveBack, left] = await turnWith(database, wait);
    try {
      if (database.isTransaction)
        throw new Error("expected a connection of the store's own, found it in a transaction");
      return await patiently(database, left)(text, values);
    } finally {
      giveBack();
    }
  };
}

/** Runs a statement, again and again while another connection writes, of this process or another. */
function patiently(database: SqliteDatabase, wait: number): Query {
  return async (text, values) => {
    const end = performance.now() + wait;
    for (;;) {
      try {
        return database.prepare(text).all(...values) as any[];
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
}

/** What passes the turn on, and how much is left of the wait, for other processes. */
async function turnWith(database: SqliteDatabase, wait: number): Promise<[() => void, number]> {
  const start = performance.now();
  const giveBack = await turn(database, wait);
  if (!giveBack) throw Object.assign(new Error("database is locked"), { errcode: SQLITE_BUSY });
  return [giveBack, wait - (performance.now() - start)];
}

const SQLITE_BUSY = 5;

/** In ms. As long as a claim takes: whoever sleeps longer than that is passed by others again and again. */
const PAUSE = 1;

/** Whether somebody else has the file. */
const isBusy = (error: unknown): boolean => (error as { errcode?: unknown })?.errcode === SQLITE_BUSY;
