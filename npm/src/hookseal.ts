/**
 * Receives signed health-data webhooks of the Loop Platform and GlycanAge.
 *
 * @packageDocumentation
 */
export type { Claim } from "./claim.js";
export type { Delivery } from "./delivery.js";
export { ConfigError, EventError, SignatureError, WebhookError, type ErrorCode, type Problem } from "./errors.js";
export type * from "./events.js";
export type { HeadersLike } from "./headers.js";
export { MemoryStore } from "./memory.js";
export type { Callbacks, Context, Handler, Limits, ReceiverOptions } from "./options.js";
export type { Payload } from "./payload.js";
export { Receiver } from "./receiver.js";
export type { DeliveryRecord } from "./record.js";
export type { Outcome, Reply } from "./reply.js";
export type { Secret, Secrets } from "./secrets.js";
export type { AnyStore, Awaitable, Session, Store, TransactionalStore } from "./store.js";
export { Webhook } from "./webhook.js";
