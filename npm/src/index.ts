// Everywhere but on edge workers: the wasm as text inside a module, because that alone loads in every runtime and bundler.
import { compile } from "./base64.js";
import { base64 } from "./core_base64.js";
import { load } from "./core.js";

load(compile(base64));

export * from "./hookseal.js";
