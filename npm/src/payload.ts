import { bytesOf, encode } from "./bytes.js";
import { calling } from "./core.js";
import { NotRaw } from "./core_bg.js";

/** The raw body, as bytes or text: what `express.raw()`, `request.arrayBuffer()` and `request.text()` give. */
export type Payload = string | ArrayBufferLike | ArrayBufferView;

/** The payload's bytes, once they are known to be few enough to be copied. */
export function rawBytes(payload: unknown): Uint8Array {
  if (typeof payload === "string") {
    if (!payload.isWellFormed()) refuse(NotRaw.IllFormedText);
    // Text has at least a byte a code unit, so this is no stricter than the core will be with the bytes.
    calling((core) => core.checkSize(payload.length));
    return encode(payload);
  }
  const bytes = bytesOf(payload) ?? refuse(payload == null ? NotRaw.Nothing : NotRaw.Parsed);
  calling((core) => core.checkSize(bytes.length));
  return bytes;
}

function refuse(found: NotRaw): never {
  throw calling((core) => core.notRaw(found));
}
