// The packed package answers every vector in each runtime, as it is and without any configuration.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import * as hookseal from "hookseal";
import { at, flawless, folder, output, tool } from "./support.js";

const vectors = at("programs/vectors.js");
const program = at("programs/import.js");

const runtimes = {
  "Node, by import": () => output(process.execPath, ["--import", vectors, program]),
  "Node, by require": () => output(process.execPath, ["--import", vectors, at("programs/require.cjs")]),
  // Neither may fetch what they do not find, nor leave a cache behind.
  Deno: async (t) => {
    const env = { ...process.env, DENO_DIR: await folder(t), DENO_NO_UPDATE_CHECK: "1" };
    return tool("deno", ["run", "--cached-only", "--no-lock", "--allow-read", "--preload", vectors, program], { env });
  },
  Bun: () => tool("bun", ["run", "--no-install", "--preload", vectors, program]),
};

for (const [name, run] of Object.entries(runtimes)) {
  test(`${name}: every vector`, async (t) => {
    assert.deepEqual(JSON.parse(await run(t)), flawless);
  });
}

test("import and require give the same classes", () => {
  const required = createRequire(import.meta.url)("hookseal");
  for (const [name, value] of Object.entries(hookseal)) assert.equal(required[name], value, name);
});
