/**
 * A stable name for each error, the same in every language.
 */
export type ErrorCode =
  | "unknown_provider"
  | "invalid_secret"
  | "invalid_option"
  | "payload_not_raw"
  | "payload_too_large"
  | "missing_signature"
  | "repeated_signature"
  | "malformed_signature"
  | "signature_mismatch"
  | "malformed_json"
  | "invalid_event";

/** One thing that is wrong with an event: types, never values. */
export interface Problem {
  /** Where, as in `data.sets[0].kitCode`. */
  readonly path: string;
  /** What the provider documents there. */
  readonly expected: string;
  /** The JSON type that is there, or `nothing`. */
  readonly found: string;
}

/**
 * Everything that hookseal throws. Its message is one line that names the remedy; nothing in it, nor in its JSON, comes
 * from a secret or a payload.
 *
 * @example
 * ```js
 * import { Webhook, WebhookError } from "hookseal";
 *
 * try {
 *   new Webhook("loop", "a secret").verify("{}", {});
 * } catch (error) {
 *   if (!(error instanceof WebhookError)) throw error;
 *   console.log(error.code, error.status); // missing_signature 401
 * }
 * ```
 */
export class WebhookError extends Error {
  /** The stable name of this error. */
  readonly code: ErrorCode;
  /** The HTTP status that answers such a delivery; none for errors at construction. */
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }

  static {
    this.prototype.name = "WebhookError";
  }
}

/** A mistake in how hookseal was set up or called: ours to mend, so the sender must retry. */
export class ConfigError extends WebhookError {
  static {
    this.prototype.name = "ConfigError";
  }
}

/** Nobody has proved who sent the delivery. */
export class SignatureError extends WebhookError {
  static {
    this.prototype.name = "SignatureError";
  }
}

/** Authentic, but not understood. */
export class EventError extends WebhookError {
  /** For `malformed_json`: where the payload stops being I-JSON, in bytes. */
  readonly offset: number | undefined;
  /** For `invalid_event`: what is wrong with the event. Else empty. */
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, status: number, offset: number | undefined, problems: Problem[]) {
    super(code, message, status);
    this.offset = offset;
    this.problems = problems;
  }

  static {
    this.prototype.name = "EventError";
  }
}
