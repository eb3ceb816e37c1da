// Each bundler, in its default configuration, makes a bundle for browsers that holds hookseal and answers every vector.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import nodeResolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { at, flawless, folder, output } from "./support.js";

const entry = at("programs/import.js");

/** Each writes `bundle.mjs` and gives its warnings. */
const bundlers = {
  async esbuild(dir) {
    const outfile = join(dir, "bundle.mjs");
    const { warnings } = await esbuild.build({ entryPoints: [entry], bundle: true, outfile, logLevel: "silent" });
    return warnings;
  },
  async webpack(dir) {
    const options = { mode: "production", entry, output: { path: dir, filename: "bundle.mjs" } };
    const { errors, warnings } = (await promisify(webpack)(options)).toJson();
    return [...errors, ...warnings];
  },
  async Rollup(dir) {
    const warnings = [];
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve()],
      onwarn: (warning) => warnings.push(warning),
    });
    await bundle.write({ file: join(dir, "bundle.mjs") });
    return warnings;
  },
  async Vite(dir) {
    const warnings = [];
    const rolldownOptions = {
      input: entry,
      output: { entryFileNames: "bundle.mjs" },
      onwarn: (warning) => warnings.push(warning),
    };
    const build = { outDir: dir, emptyOutDir: true, rolldownOptions };
    await vite.build({ configFile: false, root: at("programs"), logLevel: "warn", build });
    return warnings;
  },
};

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`${name}: every vector`, async (t) => {
    const dir = await folder(t);
    assert.deepEqual(await bundle(dir), []);

    const bundled = join(dir, "bundle.mjs");
    assert.throws(() => createRequire(bundled).resolve("hookseal"), { code: "MODULE_NOT_FOUND" });
    // How every wasm begins, in base64: one copy means one instance, and one set of error classes.
    assert.equal((await readFile(bundled, "utf8")).split("AGFzbQ").length - 1, 1);

    const preload = ["vectors", "no-node"].flatMap((program) => ["--import", at(`programs/${program}.js`)]);
    assert.deepEqual(JSON.parse(await output(process.execPath, [...preload, bundled], { cwd: dir })), flawless);
  });
}
