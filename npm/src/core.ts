// The module that every deployment loads.
import * as glue from "./core_bg.js";
import { wasm } from "./wasm.js";

/** @internal */
export const { load, age, calling } = wasm(glue, "./core_bg.js");
