// How long a delivery waits for others.
import { calling } from "../core.js";

/** What a store that waits for others may be made with. */
export interface Locking {
  /** How many ms a delivery waits for others: 5000. Keep it below the deadline. */
  readonly lockTimeout?: number | undefined;
}

/** In whole ms. */
export function lockTimeout(options: Locking): number {
  const { lockTimeout = 5000 } = options;
  return calling((core) => core.lockTimeout(typeof lockTimeout === "number" ? lockTimeout : 0));
}
