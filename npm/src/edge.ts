// On edge workers, which refuse to compile bytes: the wasm as the module that their bundlers make of it.
import module from "./core.wasm?module";
import { load } from "./core.js";

load(module);

export * from "./hookseal.js";
