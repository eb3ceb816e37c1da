import type { Claim } from "./claim.js";
import { age, calling } from "./core.js";
import type { Store } from "./store.js";

/** A store in the core, by its number, and the age of the instance that it is in. */
interface Place {
  readonly number: number;
  readonly age: number;
}

function end(place: Place): void {
  if (place.age === age()) calling((core) => core.memoryEnd(place.number));
}

/** Where there is none, a store that is thrown away keeps its room: they are made to be kept. */
const abandoned = typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry(end);

/**
 * Remembers keys within one process: for a single server, and for tests. What it knows is gone when the process ends, and
 * two processes, or two isolates of a Worker, know nothing of each other. At its bound it forgets the key that was
 * completed first, and never a claim: where all are claims, it throws.
 *
 * @example
 * ```js
 * import { MemoryStore } from "hookseal";
 *
 * const store = new MemoryStore();
 * console.log(store.claim("loop:id:evt_1", "my token", 30_000, 0).state); // claimed
 * console.log(store.claim("loop:id:evt_1", "another", 30_000, 1).until); // 30000
 * console.log(store.complete("loop:id:evt_1", "my token", 60_000, 2)); // done
 * console.log(store.claim("loop:id:evt_1", "another", 30_000, 3).state); // completed
 * ```
 */
export class MemoryStore implements Store {
  readonly #bound: number | undefined;
  #place: Place;

  /**
   * @param options.bound - how many keys it remembers at the most: 100,000, unless told, some 20 MB
   * @throws {@link ConfigError} `invalid_option`
   */
  constructor(options?: { readonly bound?: number }) {
    this.#bound = options?.bound;
    this.#place = this.#make();
  }

  claim(key: string, token: string, lease: number, now: number): Claim {
    const claim: Claim | Error = calling((core) => core.memoryClaim(this.#number(), key, token, lease, now));
    if (claim instanceof Error) throw claim;
    return claim;
  }

  complete(key: string, token: string, retention: number, now: number): "done" | "lost" {
    return calling((core) => core.memoryComplete(this.#number(), key, token, retention, now)) as "done" | "lost";
  }

  release(key: string, token: string): "done" | "lost" {
    return calling((core) => core.memoryRelease(this.#number(), key, token)) as "done" | "lost";
  }

  /** Clears away what has expired, 500 keys at the most; says how many. Claims do the same by and by. */
  sweep(now: number): number {
    return calling((core) => core.memorySweep(this.#number(), now));
  }

  /** An instance that broke off took its stores with it, as the end of a process would. */
  #number(): number {
    if (this.#place.age !== age()) this.#place = this.#make();
    return this.#place.number;
  }

  #make(): Place {
    const place = { number: calling((core) => core.memoryStore(this.#bound)), age: age() };
    abandoned?.register(this, place);
    return place;
  }
}
