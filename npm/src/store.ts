// The contract of stores: what a receiver asks, and what a store must answer.
import type { Claim } from "./claim.js";

/** Now, or later. */
export type Awaitable<T> = T | PromiseLike<T>;

/**
 * Remembers which keys are claimed and which are completed. Times are in ms, `now` since 1970; a `token` is one delivery's
 * own, so that a late one cannot end the claim of another. A store that cannot do what it is asked throws.
 *
 * {@link MemoryStore} is one, for a single process.
 */
export interface Store {
  /** Claims a key until `now + lease`, unless somebody else's claim holds it or it was completed. */
  claim(key: string, token: string, lease: number, now: number): Awaitable<Claim>;
  /**
   * Remembers a claimed key as completed until `now + retention`. `lost`: the lease ran out, and the key is another's. A
   * transactional store has then rolled back what the handler did, as it has when it throws, or says `completed`: by
   * another, first.
   */
  complete(key: string, token: string, retention: number, now: number): Awaitable<"done" | "lost" | "completed">;
  /** Gives a claimed key back, so that the next claim gets it. */
  release(key: string, token: string): Awaitable<"done" | "lost">;
}

/** A store for one delivery, in a transaction that its `complete` commits and its `release` rolls back. */
export interface Session<Tx> extends Store {
  /** What the handler must write with, so that its effect and the claim are committed together. */
  readonly tx: Tx;
}

/** A store in which claim and effect commit together. */
export interface TransactionalStore<Tx> {
  /** Begins a delivery's transaction. What is not claimed in it is ended by the session itself. */
  begin(): Awaitable<Session<Tx>>;
}

/** Any store that a receiver takes; `Tx` is what its handler then gets. */
export type AnyStore<Tx> = (Store & { begin?: never; tx?: Tx }) | TransactionalStore<Tx>;
