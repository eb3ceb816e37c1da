import { bytesOf, encode } from "./bytes.js";

/** A secret: text, whose UTF-8 bytes are the key, or bytes. */
export type Secret = string | ArrayBufferLike | ArrayBufferView;

/**
 * One secret, a list, or secrets by label; a list may hold pairs of label and secret. The first one signs: JavaScript
 * sorts an object's names that look like integers, such as `"2026"`, before the others, so give those as pairs.
 */
export type Secrets =
  Secret | Iterable<Secret | readonly [label: string, secret: Secret]> | { readonly [label: string]: Secret };

/** One secret, as the core takes it: its bytes under `text` or `bytes`, or neither where it has none. */
export interface Entry {
  label?: string;
  text?: Uint8Array;
  bytes?: Uint8Array;
  illFormed?: true;
}

/** The secrets, one entry each, in their order; none for nothing at all. */
export function entries(secrets: unknown): Entry[] {
  try {
    if (secrets == null) return [];
    if (typeof secrets !== "object" || secrets instanceof String || bytesOf(secrets)) return [entry(secrets)];
    if (!(Symbol.iterator in secrets)) return Object.entries(secrets).map(labelled);
    return Array.from(secrets as Iterable<unknown>, (item) => (Array.isArray(item) ? labelled(item) : entry(item)));
  } catch {
    // A getter or an iterator of the caller's own threw: that is no secret.
    return [{}];
  }
}

function labelled(pair: readonly unknown[]): Entry {
  const [label, secret] = pair;
  return pair.length === 2 && typeof label === "string" && label.isWellFormed() ? { label, ...entry(secret) } : {};
}

function entry(secret: unknown): Entry {
  if (typeof secret === "string") return secret.isWellFormed() ? { text: encode(secret) } : { illFormed: true };
  const bytes = bytesOf(secret);
  return bytes ? { bytes } : {};
}
