// Claims in the table, by whatever runs a statement.
import type { Claim } from "../claim.js";
import { calling } from "../core.js";
import { Keys, type Named } from "../keys.js";
import type { Store } from "../store.js";

/** A row as drivers give it: PostgreSQL's bigint comes as text. */
export interface Row {
  readonly token?: string;
  readonly state?: string;
  readonly until?: number | bigint | string;
}

/** How a driver wants parameters written: its first one. */
export type Dialect = "?1" | "$1";

/** What clears away, by the one engine or the other that writes parameters so. */
const SWEEP = { "?1": "sweep", $1: "sweep_unlocked" };

/** Runs a statement with numbered parameters, and gives its rows. */
export type Query = (statement: string, parameters: (string | number)[]) => Promise<readonly Row[]>;

/** The core's statements, in the dialect of a driver. */
export class Claims implements Store {
  readonly #query: Query;
  readonly #dialect: Dialect;
  readonly #keys: Keys;

  constructor(query: Query, dialect: Dialect, keys: Keys) {
    this.#query = query;
    this.#dialect = dialect;
    this.#keys = keys;
  }

  async claim(key: string, token: string, lease: number, now: number): Promise<Claim> {
    const [row] = await this.#run("claim", [this.#keys.of(key), token, now + lease, now]);
    return claimed(token, row);
  }

  /** What is there, without a claim. */
  async look(key: string, token: string, now: number): Promise<Claim | undefined> {
    const [row] = await this.#run("look", [this.#keys.of(key), now]);
    return row && claimed(token, row);
  }

  async complete(key: string, token: string, retention: number, now: number): Promise<"done" | "lost"> {
    const rows = await this.#run("complete", [this.#keys.of(key), token, now + retention]);
    return rows.length > 0 ? "done" : "lost";
  }

  async release(key: string, token: string): Promise<"done" | "lost"> {
    const rows = await this.#run("release", [this.#keys.of(key), token]);
    return rows.length > 0 ? "done" : "lost";
  }

  async sweep(now: number): Promise<void> {
    await this.#run(SWEEP[this.#dialect], [now]);
  }

  /** Sweeps, if the delivery with this token is one of those that do; that it fails is not the delivery's matter. */
  async sweepAfter(token: string, now: number): Promise<void> {
    if (calling((core) => core.sweeps(String(token)))) await this.sweep(now).catch(() => {});
  }

  #run(name: string, parameters: (string | number)[]): Promise<readonly Row[]> {
    return this.#query(statement(name, this.#dialect), parameters);
  }
}

/** A store in which each statement commits by itself: a process that dies leaves its claim behind until the lease ends. */
export abstract class LeaseStore implements Store {
  /** @internal */
  protected readonly query: Query;
  readonly #claims: Claims;

  /** @internal */
  constructor(query: Query, dialect: Dialect, named: Named) {
    this.query = query;
    this.#claims = new Claims(query, dialect, new Keys(named));
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    for (const text of schema()) await this.query(text, []);
  }

  claim(key: string, token: string, lease: number, now: number): Promise<Claim> {
    return this.#claims.claim(key, token, lease, now);
  }

  async complete(key: string, token: string, retention: number, now: number): Promise<"done" | "lost"> {
    const ending = await this.#claims.complete(key, token, retention, now);
    await this.#claims.sweepAfter(token, now);
    return ending;
  }

  release(key: string, token: string): Promise<"done" | "lost"> {
    return this.#claims.release(key, token);
  }

  /** Clears away what has expired, 500 keys at the most. Completing does so by itself, now and then. */
  sweep(now: number): Promise<void> {
    return this.#claims.sweep(now);
  }
}

/** A statement of the core's. */
export const statement = (name: string, dialect: Dialect): string =>
  calling((core) => core.sqlStatement(name, dialect)) as string;

/**
 * The statements that make the table and its index, for migrations.
 *
 * @example
 * ```js
 * import { schema } from "hookseal/sql";
 *
 * console.log(schema()[0].split("\n")[0]); // CREATE TABLE IF NOT EXISTS hookseal_claims (
 * ```
 */
export const schema = (): string[] => calling((core) => core.sqlSchema());

/** What the row says that is there after a claim. */
function claimed(mine: string, row: Row | undefined): Claim {
  if (!row) throw new Error("expected the row of the claim, found none");
  return calling((core) => core.claimed(String(mine), String(row.token), String(row.state), Number(row.until)));
}
