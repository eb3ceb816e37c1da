// SQLite, by way of `node:sqlite`.
import { Keys, type Named } from "../keys.js";
import type { TransactionalStore } from "../store.js";
import { LeaseStore, schema, type Query } from "./claims.js";
import { Transaction, type Engine } from "./transaction.js";

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
 * wait for each other.
 */
export class SqliteStore extends LeaseStore {
  /** @throws {@link ConfigError} `invalid_option`: the name */
  constructor(database: SqliteDatabase, options: Named) {
    super(querying(database), "?1", options);
  }
}

/**
 * Claim and effect in one transaction of SQLite's: what a handler writes with `tx` takes effect exactly once. Deliveries take turns,
 * in this process and, as SQLite has one writer at a time, in all. Give it a connection that nothing else uses, or what
 * is written there between a handler's awaits joins its transaction.
 */
export class SqliteTransactions<Database extends SqliteDatabase> implements TransactionalStore<Database> {
  readonly #database: Database;
  readonly #keys: Keys;
  readonly #engine: Engine<Database>;
  #turn: Promise<void> = Promise.resolve();

  /** @throws {@link ConfigError} `invalid_option`: the name */
  constructor(database: Database, { name }: Named) {
    this.#database = database;
    this.#keys = new Keys(name);
    this.#engine = {
      dialect: "?1",
      open: () => this.#open(),
      begin: "BEGIN IMMEDIATE",
      isBusy: (error) => (error as { errcode?: unknown })?.errcode === 5,
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
  async #open() {
    const before = this.#turn;
    let giveBack = () => {};
    this.#turn = new Promise((resolve) => (giveBack = resolve));
    await before;
    return { tx: this.#database, query: querying(this.#database), giveBack };
  }
}
