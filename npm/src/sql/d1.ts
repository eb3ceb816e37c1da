// D1, from a Worker.
import { Claim } from "../claim.js";
import { Keys, type Named } from "../keys.js";
import type { Session, TransactionalStore } from "../store.js";
import { clientWith } from "./client.js";
import { Claims, LeaseStore, schema, statement, type Query } from "./claims.js";

/** What it needs of a `D1Database`. */
export interface D1<Statement> {
  prepare(text: string): D1Prepared<Statement>;
  batch(statements: any[]): Promise<unknown>;
}

/** What it needs of a `D1PreparedStatement`. */
export interface D1Prepared<Statement> {
  bind(...values: unknown[]): Statement & { all(): Promise<{ results: any[] }> };
}

const querying =
  (database: D1<unknown>): Query =>
  async (text, values) =>
    (
      await database
        .prepare(text)
        .bind(...values)
        .all()
    ).results;

/** Claims with a lease, in D1. */
export class D1Store extends LeaseStore {
  /** @throws {@link ConfigError} `invalid_option`: what is no database, or the name */
  constructor(database: D1<unknown>, options: Named) {
    super(querying(clientWith(database, "prepare")), "?1", options);
  }
}

/** What a handler adds its statements to: they run when it is done, all or none of them, with the claim. */
export interface D1Batch<Statement> {
  /** Adds a statement, such as `env.DB.prepare(..).bind(..)`. */
  add(statement: Statement): void;
}

/**
 * Claim and effect in one batch of D1's, which has no other transactions: what a handler adds to `tx` takes effect exactly once. Two
 * deliveries at the same time may both run their handlers; the statements of one of them alone take effect.
 */
export class D1Transactions<Statement> implements TransactionalStore<D1Batch<Statement>> {
  readonly #database: D1<Statement>;
  readonly #keys: Keys;

  /** @throws {@link ConfigError} `invalid_option`: what is no database, or the name */
  constructor(database: D1<Statement>, named: Named) {
    this.#database = clientWith(database, "prepare", "batch");
    this.#keys = new Keys(named);
  }

  /** Makes the table and its index, where they are not there: once, before the first delivery. */
  async setup(): Promise<void> {
    for (const text of schema()) await querying(this.#database)(text, []);
  }

  begin(): Session<D1Batch<Statement>> {
    return new Batch(this.#database, this.#keys);
  }
}

class Batch<Statement> implements Session<D1Batch<Statement>> {
  readonly #database: D1<Statement>;
  readonly #keys: Keys;
  readonly #claims: Claims;
  readonly #added: Statement[] = [];
  #sent = false;

  constructor(database: D1<Statement>, keys: Keys) {
    this.#database = database;
    this.#keys = keys;
    this.#claims = new Claims(querying(database), "?1", keys);
  }

  get tx(): D1Batch<Statement> {
    return { add: (statement) => this.#add(statement) };
  }

  #add(statement: Statement): void {
    if (this.#sent)
      throw new Error("expected every statement before the handler ends, found one after it: await what adds it");
    this.#added.push(statement);
  }

  /** As far as can be told before the batch. */
  async claim(key: string, token: string, _lease: number, now: number): Promise<Claim> {
    return (await this.#claims.look(key, token, now)) ?? new Claim("claimed");
  }

  async complete(key: string, token: string, retention: number, now: number): Promise<"done" | "completed"> {
    this.#sent = true;
    const claim = this.#database.prepare(statement("complete_in_batch", "?1"));
    try {
      await this.#database.batch([claim.bind(this.#keys.of(key), token, now + retention, now), ...this.#added]);
    } catch (error) {
      // The core's statement makes the state NULL where somebody else has the key: to have completed it, or to fail yet.
      const claim = String(error).includes("hookseal_claims.state") && (await this.#claims.look(key, token, now));
      if (claim && claim.state === "completed") return "completed";
      throw error;
    }
    await this.#claims.sweepAfter(token, now);
    return "done";
  }

  async release(): Promise<"done"> {
    return "done";
  }
}
