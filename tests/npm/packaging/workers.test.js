// The packed package answers every vector in workerd, bundled as wrangler bundles: for no platform, under conditions that
// start with `workerd`, with the wasm beside the script because workers refuse to compile bytes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { at, files, flawless } from "./support.js";

const wasm = "core.wasm?module";

async function modules() {
  const { outputFiles } = await build({
    entryPoints: [at("programs/worker.js")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    external: ["*.wasm?module"],
  });
  const installed = new URL("core.wasm", import.meta.resolve("hookseal"));
  return [
    { type: "ESModule", path: "worker.js", contents: outputFiles[0].text },
    { type: "CompiledWasm", path: wasm, contents: await readFile(fileURLToPath(installed)) },
  ];
}

for (const compatibilityFlags of [[], ["nodejs_compat"]]) {
  test(`workerd with ${compatibilityFlags[0] ?? "no flag"}: every vector`, async (t) => {
    // `cf` would be fetched. From this date `nodejs_compat` means what it does today; nothing else hangs on it.
    const options = { cf: false, compatibilityDate: "2024-09-23", compatibilityFlags };
    const miniflare = new Miniflare({ ...options, modules: await modules() });
    t.after(() => miniflare.dispose());

    const response = await miniflare.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(files) });
    assert.deepEqual(await response.json(), flawless);
  });
}
