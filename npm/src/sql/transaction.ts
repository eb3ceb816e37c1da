// One delivery's transaction, on a connection of its own.
import { Claim } from "../claim.js";
import type { Keys } from "../keys.js";
import type { Session } from "../store.js";
import { Claims, type Dialect, type Query } from "./claims.js";

/** A connection that nobody else uses until it is given back. */
export interface Connection<Tx> {
  readonly tx: Tx;
  readonly query: Query;
  /** Gives it back; `broken` says that it had better not be used again. */
  giveBack(broken: boolean): void;
}

/** How an engine does it. */
export interface Engine<Tx> {
  readonly dialect: Dialect;
  open(): Promise<Connection<Tx>>;
  /** What begins a transaction, whose handler has so many ms. */
  begin(lease: number): string;
  /** Whether an error means that somebody else is at it, and may yet fail. */
  isBusy(error: unknown): boolean;
}

export class Transaction<Tx> implements Session<Tx> {
  readonly #engine: Engine<Tx>;
  readonly #keys: Keys;
  #connection: Connection<Tx> | undefined;
  #begun = false;
  #claims!: Claims;

  constructor(engine: Engine<Tx>, keys: Keys) {
    this.#engine = engine;
    this.#keys = keys;
  }

  get tx(): Tx {
    return (this.#connection as Connection<Tx>).tx;
  }

  /** Waits for whoever has claimed the key in a transaction of theirs, as long as the engine lets it. */
  async claim(key: string, token: string, lease: number, now: number): Promise<Claim> {
    try {
      const connection = await this.#engine.open();
      this.#connection = connection;
      this.#claims = new Claims(connection.query, this.#engine.dialect, this.#keys);
      await connection.query(this.#engine.begin(lease), []);
      this.#begun = true;
      const claim = await this.#claims.claim(key, token, lease, now);
      if (claim.state !== "claimed") await this.#rollBack();
      return claim;
    } catch (error) {
      await this.#rollBack();
      if (this.#engine.isBusy(error)) return new Claim("in_progress", now + lease);
      throw error;
    }
  }

  async complete(key: string, token: string, retention: number, now: number): Promise<"done" | "lost"> {
    try {
      // In a transaction that the handler has broken this throws, where a mere COMMIT would roll back without a word.
      const ending = await this.#claims.complete(key, token, retention, now);
      if (ending === "done") {
        await this.#connection?.query("COMMIT", []);
        await this.#claims.sweepAfter(token, now);
        this.#giveBack(false);
        return "done";
      }
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
    await this.#rollBack();
    return "lost";
  }

  async release(): Promise<"done"> {
    await this.#rollBack();
    return "done";
  }

  async #rollBack(): Promise<void> {
    try {
      // What could not begin may be in somebody else's transaction.
      if (this.#begun) await this.#connection?.query("ROLLBACK", []);
      this.#giveBack(!this.#begun);
    } catch {
      this.#giveBack(true);
    }
  }

  #giveBack(broken: boolean): void {
    this.#connection?.giveBack(broken);
    this.#connection = undefined;
  }
}
