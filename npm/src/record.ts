import { calling } from "./core.js";
import { WebhookError, type ErrorCode } from "./errors.js";
import type { Provider } from "./events.js";
import type { Outcome, Reply } from "./reply.js";

/** What became of one delivery. But for the type, and what an error of others says, nothing in it comes from a payload. */
export interface DeliveryRecord {
  /** Whose webhook it is. */
  readonly provider: Provider;
  /** The event's type, if the delivery was verified. */
  readonly type: string | undefined;
  /** How it ended. */
  readonly outcome: Outcome;
  /** The code of the error behind it, if it is one of hookseal's. */
  readonly code: ErrorCode | undefined;
  /** The status that it was answered with, or would have been, where it ended after its deadline. */
  readonly status: number;
  /** From its arrival until now. */
  readonly milliseconds: number;
  /** The SHA-256 of the key, in hex, if one was found: the key itself may hold an id that says who somebody is. */
  readonly key: string | undefined;
  /** What was thrown: by hookseal, the handler, or the store. */
  readonly error: unknown;
}

/** What a delivery knows of itself. */
interface Told {
  readonly provider: Provider;
  readonly type: string | undefined;
  readonly key: string | undefined;
  readonly error: unknown;
  readonly started: number;
}

/** Tells the user's own observer, or where there is none the console, and only of what went wrong. */
export function tell(observe: ((record: DeliveryRecord) => void) | undefined, reply: Reply, told: Told): void {
  const { provider, type, error, started } = told;
  const { outcome, status } = reply;
  const code = error instanceof WebhookError ? error.code : reply.code;
  if (!observe) {
    if (!reply.well) console.error("hookseal:", [outcome, code, why(error)].filter(Boolean).join(" "));
    return;
  }
  const key = told.key === undefined ? undefined : calling((core) => core.hashed(told.key as string));
  const milliseconds = performance.now() - started;
  try {
    const given: any = observe({ provider, type, outcome, code, status, milliseconds, key, error });
    // Of an async one nobody else would hear that it failed, but Node, which ends the process then.
    if (typeof given?.then === "function") given.then(undefined, threw);
  } catch {
    threw();
  }
}

/** What may be shown to whoever reads the log: a message of our own holds no value, others may hold anything. */
function why(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return error instanceof WebhookError
    ? `(${error.message})`
    : `(${error instanceof Error ? error.name : typeof error})`;
}

/** An observer has no say in the reply. Its error may hold anything, so it is not shown either. */
function threw(): void {
  console.error("hookseal: observe threw");
}
