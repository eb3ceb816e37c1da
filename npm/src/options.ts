import { calling } from "./core.js";
import { Wanted } from "./core_bg.js";
import type { EventError } from "./errors.js";
import type { Checked } from "./limits.js";
import type { DeliveryRecord } from "./record.js";
import type { AnyStore, Awaitable } from "./store.js";
import { Webhook } from "./webhook.js";

/** What a handler gets beside the event. */
export interface Context<Tx> {
  /** The delivery's transaction, where the store is transactional. */
  readonly tx: Tx;
}

/** The user's own code. What it returns is ignored, once it is there; what it throws makes the sender try again. */
export type Handler<E, C> = (event: E, context: C) => unknown;

/** How a receiver goes about a delivery. */
export interface ReceiverOptions<E, Tx> extends Limits, Callbacks<E> {
  /** What makes an event handled once. There is no default, because each protects against something else. */
  readonly store: AnyStore<Tx>;
}

/** In bytes and ms; the defaults and what must hold between them are the core's. */
export interface Limits {
  /** The most bytes of a payload: 1 MiB, unless told, and 16 MiB at the most. */
  readonly maxPayload?: number | undefined;
  /** How long the sender waits at the most, from when the delivery arrived: 9 s, because GlycanAge waits 10 s. */
  readonly deadline?: number | undefined;
  /** How long a claim holds when nobody completes or releases it: 30 s. It must exceed the deadline. */
  readonly lease?: number | undefined;
  /** How long a completed key is remembered: 72 h. Loop's last retry comes 26 h 36 min after the first delivery. */
  readonly retention?: number | undefined;
  /** How old an event's signed time may be: any, unless told. Not below the provider's last retry, nor above the retention. */
  readonly maxAge?: number | undefined;
}

/** The user's own code, beside the handler. */
export interface Callbacks<E> {
  /**
   * Gets what is authentic but not understood: the error, and the payload. Without it, the sender gets a 422 and tries
   * again; with it, a 200 once it has returned.
   */
  readonly onInvalid?: ((error: EventError, payload: Uint8Array) => unknown) | undefined;
  /**
   * Gets one record a delivery, for logs and metrics, and a second where it ended after its deadline. Without it, what went wrong
   * goes to `console.error`, but no message of errors that are not hookseal's: it may come from a payload.
   */
  readonly observe?: ((record: DeliveryRecord) => void) | undefined;
  /** The key of an event, for those who know better than the default, which is its id or its payload's hash. */
  readonly key?: ((event: E) => Awaitable<string>) | undefined;
}

/** All that a receiver was made of, checked. Which types belong together is the constructor's to know. */
export interface Settings extends Checked {
  readonly webhook: Webhook;
  readonly handler: Handler<unknown, unknown>;
  readonly store: AnyStore<unknown>;
  readonly onInvalid: Callbacks<unknown>["onInvalid"];
  readonly observe: Callbacks<unknown>["observe"];
  readonly key: Callbacks<unknown>["key"];
}

/** @internal */
export const isFunction = (value: unknown): value is Handler<unknown, unknown> =>
  typeof value === "function" && !isGenerator(value);

/** @internal A generator's function, or what it gives: nothing of it runs until somebody asks for the first value, and nobody does. */
export const isGenerator = (value: unknown): boolean => /^\[object (Async)?Generator/.test(toText.call(value));

const toText = Object.prototype.toString;

/** What JavaScript lets one hand over in the place of each, refused before a delivery can meet it. */
export function settings(webhook: unknown, handler: unknown, options: any): Settings {
  const { store, onInvalid, observe, key, maxPayload, deadline, lease, retention, maxAge, ...others } = options ?? {};
  if (!(webhook instanceof Webhook)) want(Wanted.Webhook);
  if (!isFunction(handler)) want(Wanted.Handler);
  if (!isStore(store)) want(Wanted.Store);
  for (const callback of [onInvalid, observe, key])
    if (callback != null && !isFunction(callback)) want(Wanted.Callback);
  if (Object.keys(others).length > 0) want(Wanted.Name);
  const [bytes, ...times] = [maxPayload, deadline, lease, retention, maxAge].map(number);
  const checked = calling((core) => core.checkOptions(webhook.provider, bytes, ...times)) as Checked;
  return { webhook, handler, store, onInvalid, observe, key, ...checked };
}

/** What is not a number is none that the core takes. */
function number(value: unknown): number | undefined {
  if (value == null) return undefined;
  return typeof value === "number" ? value : Number.NaN;
}

function isStore(store: any): boolean {
  const methods = [store?.claim, store?.complete, store?.release];
  return isFunction(store?.begin) || methods.every(isFunction);
}

/** @internal Throws the error for what a receiver wants. */
export function want(wanted: Wanted): never {
  throw calling((core) => core.wanted(wanted));
}
