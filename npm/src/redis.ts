/**
 * The store for many machines: Redis, by any client that can `EVAL`.
 *
 * @packageDocumentation
 */
import "hookseal";
import type { Claim } from "./claim.js";
import { calling } from "./core.js";
import { Wanted } from "./core_bg.js";
import { Keys, type Named } from "./keys.js";
import { isFunction, want } from "./options.js";
import type { Store } from "./store.js";

/** Runs a script of one key. */
export type Eval = (script: string, key: string, parameters: string[]) => Promise<unknown>;

/**
 * Claims with a lease, in Redis or a cluster of it: one script a call, and one key a call. It warns once, by `console.warn`, where Redis
 * is set up so that it may evict or forget keys.
 *
 * @example
 * ```js
 * import { RedisStore } from "hookseal/redis";
 *
 * // Of `redis`: await createClient({ disableOfflineQueue: true }).on("error", console.error).connect(). Without a listener, a client
 * // ends the process when Redis is away; without a queue the sender hears at once that it is.
 * const client = { eval: async () => ["my token", "claimed", "30000"] };
 * const store = new RedisStore((script, key, parameters) => client.eval(script, { keys: [key], arguments: parameters }), {
 *   name: "reports",
 * });
 * // With ioredis: (script, key, parameters) => client.eval(script, 1, key, ...parameters)
 * console.log((await store.claim("loop:id:evt_1", "my token", 30_000, 0)).state); // claimed
 * ```
 */
export class RedisStore implements Store {
  readonly #eval: Eval;
  readonly #keys: Keys;
  readonly #scripts: { claim: string; complete: string; release: string; info: string };
  #warned = false;

  /** @throws {@link ConfigError} `invalid_option`: what is no function, or the name */
  constructor(evaluate: Eval, named: Named) {
    if (!isFunction(evaluate)) want(Wanted.Client);
    this.#eval = evaluate;
    this.#keys = new Keys(named);
    const [claim = "", complete = "", release = "", info = ""] = calling((core) => core.redisScripts());
    this.#scripts = { claim, complete, release, info };
  }

  async claim(key: string, token: string, lease: number, now: number): Promise<Claim> {
    const stored = this.#keys.of(key);
    if (!this.#warned) this.#warn(stored);
    const row = await this.#eval(this.#scripts.claim, stored, [token, String(now + lease), String(now)]);
    const [by, state, until] = row as unknown[];
    return calling((core) => core.claimed(String(token), String(by), String(state), Number(until)));
  }

  async complete(key: string, token: string, retention: number, now: number): Promise<"done" | "lost"> {
    const parameters = [token, String(now + retention), String(now)];
    return (await this.#eval(this.#scripts.complete, this.#keys.of(key), parameters)) === 1 ? "done" : "lost";
  }

  async release(key: string, token: string): Promise<"done" | "lost"> {
    return (await this.#eval(this.#scripts.release, this.#keys.of(key), [token])) === 1 ? "done" : "lost";
  }

  /** Beside the first claim; a Redis that does not say how it is set up is not asked again. */
  #warn(key: string): void {
    this.#warned = true;
    this.#eval(this.#scripts.info, key, []).then(
      (info) =>
        calling((core) => core.redisWarnings(String(info))).forEach((warning) => console.warn("hookseal:", warning)),
      () => {},
    );
  }
}
