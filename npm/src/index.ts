// Everywhere but on edge workers: the wasm as text inside a module, because that alone loads in every runtime and bundler.
import { base64 } from "./core_base64.js";
import { load } from "./core.js";

// A Buffer, where there is one, decodes 60 times as fast.
const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };

// A parameter, because Rolldown copies a constant to each place that names it.
const decode = (text: string) => Buffer?.from(text, "base64") ?? Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

load(new WebAssembly.Module(decode(base64)));

export * from "./hookseal.js";
