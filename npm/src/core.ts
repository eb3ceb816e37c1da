// The core, loaded: one instance of the wasm, and what to do if it ever traps.
import * as core from "./core_bg.js";
import { WebhookError } from "./errors.js";

interface Exports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start(): void;
}

let module: WebAssembly.Module;
let exports: Exports;

/** @internal Called once, at module scope: workers forbid it later. */
export function load(compiled: WebAssembly.Module): void {
  module = compiled;
  instantiate();
}

function instantiate(): void {
  const imports = { "./core_bg.js": core as unknown as WebAssembly.ModuleImports };
  exports = new WebAssembly.Instance(module, imports).exports as Exports;
  (core as unknown as { __wbg_set_wasm(exports: Exports): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

/**
 * @internal
 * Calls the core. Nothing in it panics, but a host may have no memory left for it to grow: that traps, and leaves an
 * instance behind which no call may enter again.
 */
export function calling<T>(call: (functions: typeof core) => T): T {
  try {
    return call(core);
  } catch (error) {
    if (error instanceof WebhookError) throw error;
    // Growing, even by nothing, detaches the glue's view of the old memory, so that it takes one of the new.
    exports.memory.grow(0);
    instantiate();
    throw core.outOfMemory();
  }
}
