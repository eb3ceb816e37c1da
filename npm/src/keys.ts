// The keys of one receiver in a store that it shares with others.
import { calling } from "./core.js";

/** What a shared store is made with. */
export interface Named {
  /** The receiver's own, of 1 to 64 letters, digits, `.`, `-` and `_`: two receivers of one provider must not share one. */
  readonly name: string;
}

export class Keys {
  readonly #name: string;

  constructor(named: Named) {
    const name: unknown = named?.name;
    this.#name = typeof name === "string" ? name : "";
    calling((core) => core.checkName(this.#name));
  }

  /** The key as it is stored. */
  of(key: string): string {
    return calling((core) => core.storedKey(this.#name, key));
  }
}
