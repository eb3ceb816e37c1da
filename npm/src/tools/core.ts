// A module of its own, because a deployment does not need it.
import * as glue from "../tools_bg.js";
import { wasm } from "../wasm.js";

/** @internal */
export const { load, calling } = wasm(glue, "./tools_bg.js");
