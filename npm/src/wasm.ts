// A wasm module, loaded: one instance, and what to do if a call of it breaks off.

interface Exports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start(): void;
}

interface Glue {
  outOfMemory(): unknown;
}

/** @internal The glue of one module, and the name under which the module imports it. */
export function wasm<G extends Glue>(glue: G, name: string) {
  let module: WebAssembly.Module;
  let exports: Exports;
  let age = 0;

  function instantiate(): void {
    const imports = { [name]: glue as unknown as WebAssembly.ModuleImports };
    exports = new WebAssembly.Instance(module, imports).exports as Exports;
    (glue as unknown as { __wbg_set_wasm(exports: Exports): void }).__wbg_set_wasm(exports);
    exports.__wbindgen_start();
    age++;
  }

  return {
    /** Called once, at module scope: workers forbid it later. */
    load(compiled: WebAssembly.Module): void {
      module = compiled;
      instantiate();
    },

    /** Which instance it is: what another one knew is gone. */
    age: () => age,

    /**
     * Calls the core. Nothing in it panics, but a host may have no memory left for it to grow, or no stack: that breaks a call
     * off, and leaves an instance behind which no call may enter again. Whatever else is thrown comes out of a call that has ended.
     */
    calling<T>(call: (glue: G) => T): T {
      try {
        return call(glue);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
        // Growing, even by nothing, detaches the glue's view of the old memory, so that it takes one of the new.
        exports.memory.grow(0);
        instantiate();
        throw error instanceof WebAssembly.RuntimeError ? glue.outOfMemory() : error;
      }
    },
  };
}
