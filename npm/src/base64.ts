// A Buffer, where there is one, decodes 60 times as fast.
const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };

/** @internal The module that a text holds. */
export function compile(base64: string): WebAssembly.Module {
  const bytes = Buffer?.from(base64, "base64") ?? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return new WebAssembly.Module(bytes);
}
