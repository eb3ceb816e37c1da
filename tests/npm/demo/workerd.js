// A Worker in workerd, bundled as wrangler does: the wasm stays a module of its own.
import { buildSync } from "esbuild";
import { Miniflare } from "miniflare";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { started } from "./started.js";

/** `more` is what the Worker is bound to beside its secrets, as Miniflare calls it. */
export function workerd(name, port, folder, secrets, more) {
  const hookseal = createRequire(join(folder, "worker.js")).resolve("hookseal/package.json");
  const wasm = readFileSync(join(dirname(hookseal), "core.wasm"));
  const printed = [];
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    cf: false,
    compatibilityDate: "2025-06-01",
    bindings: secrets,
    ...more,
    modulesRoot: "/",
    modules: [
      { type: "ESModule", path: "/worker.js", contents: bundle(folder) },
      { type: "CompiledWasm", path: "/core.wasm?module", contents: wasm },
    ],
    handleRuntimeStdio: (...streams) => {
      for (const stream of streams) stream.on("data", (chunk) => printed.push(chunk));
    },
  });

  const died = async () => {
    await miniflare.ready;
    return new Promise(() => {});
  };
  const server = { name, port, output: () => Buffer.concat(printed).toString() };
  return { ...server, miniflare, ready: () => started(server, died()), stop: () => miniflare.dispose() };
}

function bundle(folder) {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, "worker.js")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd"],
    external: ["*.wasm?module", "cloudflare:workers"],
    logLevel: "silent",
  });
  return outputFiles[0].text;
}
