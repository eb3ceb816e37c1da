/**
 * What helps to test a receiver: the catalogue, the documented samples, and deliveries made of them.
 *
 * @packageDocumentation
 */
import type { DataByType, JsonObject, Provider } from "../events.js";
import type { Payload } from "../payload.js";
import type { Webhook } from "../webhook.js";
import { calling } from "./core.js";

/** One type of event in a provider's catalogue. */
export interface EventType {
  /** As it stands in an event's `type`. */
  readonly name: string;
  /** What it tells, in one line. */
  readonly about: string;
  /** The Loop scope that an app must have been granted to get it, where its name tells: Loop's guide lists none. */
  readonly scope: string | null;
  /** The documented members of its `data`; null where the provider does not document them. */
  readonly fields: readonly Field[] | null;
}

/** One documented member of an object. Members that are not documented pass. */
export interface Field {
  /** As the provider documents it. */
  readonly name: string;
  /** Whether it must be there and not be null. Null and absent are one for all others. */
  readonly required: boolean;
  /** What its value must be, in the words of an error. */
  readonly expected: string;
  /** The members of the objects that it holds, if it does. */
  readonly fields: readonly Field[];
}

/** How a provider delivers: how long it waits for an answer, and when it tries again. */
export interface DeliveryPolicy {
  /** How many ms the provider waits for an answer; null where its guide does not say. */
  readonly deadline: number | null;
  /** How often it retries a delivery that was not answered well. */
  readonly retries: number;
  /** The wait in ms before each retry; empty where its guide does not say. */
  readonly retryDelays: readonly number[];
}

/**
 * The types of event that a provider documents.
 *
 * @throws {@link ConfigError} `unknown_provider`
 *
 * @example
 * ```js
 * import { catalogue } from "hookseal/tools";
 *
 * console.log(catalogue("glycanage").map(({ name }) => name).pop()); // report-ready
 * ```
 */
export function catalogue(provider: Provider): EventType[] {
  return calling((core) => core.catalogue(text(provider)));
}

/**
 * A provider's own rules for deliveries, from its guide.
 *
 * @throws {@link ConfigError} `unknown_provider`
 *
 * @example
 * ```js
 * import { deliveryPolicy } from "hookseal/tools";
 *
 * console.log(deliveryPolicy("glycanage").deadline); // 10000
 * ```
 */
export function deliveryPolicy(provider: Provider): DeliveryPolicy {
  return calling((core) => core.deliveryPolicy(text(provider)));
}

/**
 * A valid event's body: the documented sample of a type, with `overrides` laid over it. Objects are merged member by
 * member, anything else takes the sample's place, and null stands for null.
 *
 * @throws {@link ConfigError} `unknown_provider`; `invalid_option` for a type that is not in the catalogue, and for
 * overrides that are not JSON
 * @throws {@link EventError} where the overrides make the body one that a provider never sends
 *
 * @example
 * ```js
 * import { sample } from "hookseal/tools";
 *
 * const body = JSON.parse(sample("glycanage", "kit-received", { data: { kitCode: "KIT9" } }));
 * console.log(body.data.kitCode, body.data.status); // KIT9 inAnalysis
 * ```
 */
export function sample<P extends Provider>(
  provider: P,
  type: keyof DataByType[P] & string,
  overrides: JsonObject = {},
): string {
  return calling((core) => core.sample(text(provider), text(type), json(overrides)));
}

/**
 * A delivery of this body, signed under the webhook's first secret: `fetch(url, { method: "POST", ...delivery(..) })`.
 *
 * @throws {@link ConfigError} `payload_not_raw`, `payload_too_large`
 *
 * @example
 * ```js
 * import { Webhook } from "hookseal";
 * import { delivery, sample } from "hookseal/tools";
 *
 * const webhook = new Webhook("loop", "a secret");
 * const { body, headers } = delivery(webhook, sample("loop", "protocol.started"));
 * console.log(webhook.verify(body, headers).type); // protocol.started
 * ```
 */
export function delivery<Body extends Payload>(
  webhook: Webhook,
  body: Body,
): { body: Body; headers: Record<string, string> } {
  return { body, headers: { [webhook.signatureHeader]: webhook.sign(body), "Content-Type": "application/json" } };
}

/** What is not text names neither a provider nor a type. */
function text(name: unknown): string {
  return typeof name === "string" ? name : "";
}

/** What cannot be written as JSON is not what the core takes either. */
function json(overrides: unknown): string {
  try {
    return JSON.stringify(overrides) ?? "";
  } catch {
    return "";
  }
}
