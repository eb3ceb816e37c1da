// The linters of published packages have nothing to say about the tarball.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { publint } from "publint";
import { tarball, tool } from "./support.js";

test("publint", async () => {
  const { buffer } = new Uint8Array(await readFile(tarball));
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  assert.deepEqual(messages, []);
});

// CommonJS gets the same ES module, which Node 20.19 and later can `require` and attw does not know.
test("are the types wrong?", () => tool("attw", ["--profile", "esm-only", tarball]));
