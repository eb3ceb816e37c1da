// Everywhere but on edge workers, as the main entry is.
import { compile } from "../base64.js";
import { base64 } from "../tools_base64.js";
import { load } from "./core.js";

load(compile(base64));

export * from "./tools.js";
