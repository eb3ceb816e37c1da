import { calling } from "./core.js";
import { assemble } from "./event.js";
import type { Event, Provider } from "./events.js";
import { headerValue, type HeadersLike } from "./headers.js";
import { rawBytes, type Payload } from "./payload.js";
import type { Prepared } from "./prepared.js";
import { entries, type Secrets } from "./secrets.js";

const decoder = new TextDecoder();

/**
 * Verifies and signs the deliveries of one provider. Synchronous in every runtime.
 *
 * Neither its JSON nor inspection shows a secret. JavaScript's own copies of one cannot be wiped from memory.
 *
 * @example
 * ```js
 * import { Webhook } from "hookseal";
 *
 * const webhook = new Webhook("loop", "a secret from the developer portal");
 * const payload = '{"type":"protocol.started"}';
 * const event = webhook.verify(payload, { [webhook.signatureHeader]: webhook.sign(payload) });
 * console.log(event.type); // protocol.started
 * ```
 */
export class Webhook<out P extends Provider = Provider, out E = Event<P>> {
  readonly #provider: P;
  readonly #prepared: Prepared;

  /**
   * A webhook of this provider under these secrets, any of which may match while they are being rotated.
   *
   * @throws {@link ConfigError} `unknown_provider`, `invalid_secret`
   *
   * @example
   * ```js
   * import { Webhook } from "hookseal";
   *
   * const webhook = new Webhook("glycanage", { "2026-11": "the new secret", "2025-11": "the old secret" });
   * const late = new Webhook("glycanage", "the old secret").sign("payload");
   * console.log(webhook.verifySignature("payload", late)); // 2025-11
   * ```
   */
  constructor(provider: P, secrets: Secrets) {
    const name = typeof provider === "string" ? provider : "";
    const given = entries(secrets);
    try {
      this.#prepared = calling((core) => core.prepare(name, given));
    } finally {
      // The bytes of a text are a copy of ours, and the one that can be wiped.
      for (const { text } of given) text?.fill(0);
    }
    this.#provider = provider;
  }

  /** Who sends: `loop` or `glycanage`. */
  get provider(): P {
    return this.#provider;
  }

  /** The name of the header that carries the signature, spelled as the provider's guide does. */
  get signatureHeader(): string {
    return this.#prepared.signatureHeader;
  }

  /**
   * Proves who sent a delivery and reads the event inside.
   *
   * @param payload - the raw body, byte for byte
   * @param headers - the delivery's headers, or the signature itself
   * @throws {@link ConfigError} `payload_not_raw`, `payload_too_large`
   * @throws {@link SignatureError} `missing_signature`, `repeated_signature`, `malformed_signature`, `signature_mismatch`
   * @throws {@link EventError} `malformed_json`, `invalid_event`: authentic, but not understood
   *
   * @example
   * ```js
   * import { SignatureError, Webhook } from "hookseal";
   *
   * const webhook = new Webhook("glycanage", "a secret of 32 characters or more");
   * try {
   *   webhook.verify("{}", new Headers({ "x-glycanage-signature": "sha256=00" }));
   * } catch (error) {
   *   console.log(error instanceof SignatureError, error.code); // true malformed_signature
   * }
   * ```
   */
  verify(payload: Payload, headers: HeadersLike): E {
    const bytes = rawBytes(payload);
    const signature = headerValue(headers, this.signatureHeader);
    const head = calling((core) => core.verify(this.#prepared.state, bytes, signature));
    // The core has just proved these bytes to be I-JSON, which this parser reads as the core does, and faster.
    const body = JSON.parse(typeof payload === "string" ? payload : decoder.decode(bytes));
    return assemble<E>(this.#provider, head, body, this.#label(head.secret));
  }

  /**
   * Proves who sent a delivery and looks at nothing inside: for payloads that something else reads. Gives the label of
   * the secret that matched.
   *
   * @throws {@link ConfigError} `payload_not_raw`, `payload_too_large`
   * @throws {@link SignatureError} `missing_signature`, `repeated_signature`, `malformed_signature`, `signature_mismatch`
   *
   * @example
   * ```js
   * import { Webhook } from "hookseal";
   *
   * const webhook = new Webhook("loop", "It's a Secret to Everybody");
   * const signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
   * console.log(webhook.verifySignature("Hello, World!", signature)); // 0
   * ```
   */
  verifySignature(payload: Payload, headers: HeadersLike): string {
    const bytes = rawBytes(payload);
    const signature = headerValue(headers, this.signatureHeader);
    return this.#label(calling((core) => core.verifySignature(this.#prepared.state, bytes, signature)));
  }

  /**
   * The signature header's whole value for a payload, under the first secret. For tests, and for sending.
   *
   * @throws {@link ConfigError} `payload_not_raw`, `payload_too_large`
   *
   * @example
   * ```js
   * import { Webhook } from "hookseal";
   *
   * const webhook = new Webhook("glycanage", "It's a Secret to Everybody");
   * console.log(webhook.sign("Hello, World!").slice(0, 15)); // sha256=757107ea
   * ```
   */
  sign(payload: Payload): string {
    const bytes = rawBytes(payload);
    return calling((core) => core.sign(this.#prepared.state, bytes));
  }

  #label(index: string): string {
    return this.#prepared.labels[Number(index)] ?? index;
  }
}
