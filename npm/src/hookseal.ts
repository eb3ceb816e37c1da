/**
 * Receives signed health-data webhooks of the Loop Platform and GlycanAge.
 *
 * @packageDocumentation
 */
export { ConfigError, EventError, SignatureError, WebhookError, type ErrorCode, type Problem } from "./errors.js";
export type * from "./events.js";
export type { HeadersLike } from "./headers.js";
export type { Payload } from "./payload.js";
export type { Secret, Secrets } from "./secrets.js";
export { Webhook } from "./webhook.js";
