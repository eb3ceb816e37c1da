// On edge workers, as the main entry is.
import module from "../tools.wasm?module";
import { load } from "./core.js";

load(module);

export * from "./tools.js";
