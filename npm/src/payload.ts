import { bytesOf, encode } from "./bytes.js";
import { calling } from "./core.js";
import { Host, NotRaw } from "./core_bg.js";

/** The raw body, as bytes or text: what `express.raw()`, `request.arrayBuffer()` and `request.text()` give. */
export type Payload = string | ArrayBufferLike | ArrayBufferView;

/** Where a receiver stands, for the remedy in its words. */
export type Place = "express" | "fetch" | undefined;

/** The payload's bytes, once they are known to be few enough to be copied. */
export function rawBytes(payload: unknown): Uint8Array {
  if (typeof payload === "string") {
    if (!payload.isWellFormed()) refuse(NotRaw.IllFormedText, Host.JavaScript);
    // Text has at least a byte a code unit, so this is no stricter than the core will be with the bytes.
    calling((core) => core.checkSize(payload.length));
    return encode(payload);
  }
  const bytes = bytesOf(payload) ?? refuse(payload == null ? NotRaw.Nothing : NotRaw.Parsed, Host.JavaScript);
  calling((core) => core.checkSize(bytes.length));
  return bytes;
}

/** The same for what a receiver was given: bytes alone, because nobody knows how a text was made of them. */
export function receivedBytes(body: unknown, limit: number, place: Place): Uint8Array {
  const bytes = bytesOf(body) ?? refuse(found(body), hosts[place ?? "other"]);
  calling((core) => core.checkLimit(bytes.length, limit));
  return bytes;
}

const hosts = { express: Host.Express, fetch: Host.Fetch, other: Host.JavaScript };

function found(body: unknown): NotRaw {
  if (body == null) return NotRaw.Nothing;
  return typeof body === "string" ? NotRaw.Decoded : NotRaw.Parsed;
}

function refuse(found: NotRaw, host: Host): never {
  throw calling((core) => core.notRaw(found, host));
}
