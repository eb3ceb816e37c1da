// Bytes, in any form that JavaScript has.

const encoder = new TextEncoder();

/** The bytes of text, which must be well-formed: a lone surrogate has none. */
export const encode = (text: string): Uint8Array => encoder.encode(text);

/** The bytes that a buffer or a view holds; nothing for any other value, and for a buffer that was detached. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return isBuffer(value.buffer, "ArrayBuffer") ? bytes : bytes.slice();
    }
    if (isBuffer(value, "ArrayBuffer")) return new Uint8Array(value);
    // Another thread may write to shared memory between the hash and the parse.
    if (isBuffer(value, "SharedArrayBuffer")) return new Uint8Array(value).slice();
  } catch {
    // Detached.
  }
  return undefined;
}

/** Whether it is such a buffer of any realm: `instanceof` says no to those of another, such as a test runner's. */
function isBuffer(value: unknown, type: "ArrayBuffer" | "SharedArrayBuffer"): value is ArrayBuffer {
  try {
    lengthOf[type]?.call(value);
    return lengthOf[type] !== undefined;
  } catch {
    return false;
  }
}

const lengthOf = {
  ArrayBuffer: Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")?.get,
  SharedArrayBuffer:
    typeof SharedArrayBuffer === "undefined"
      ? undefined
      : Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, "byteLength")?.get,
};
