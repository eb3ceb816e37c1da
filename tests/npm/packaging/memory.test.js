// A host without memory for a payload gets an error that is declared, and a package that still works.
import assert from "node:assert/strict";
import test from "node:test";
import { at, output } from "./support.js";

/** What came of each call, under these flags of V8's. */
async function rounds(...flags) {
  const printed = await output(process.execPath, [...flags, at("programs/full-memory.js")]);
  return Object.entries(JSON.parse(printed));
}

test("what the memory cannot hold is too large, and the next call works", async () => {
  // In pages of 64 KiB: more than the wasm starts with, less than 16 MiB.
  for (const [call, { first, then }] of await rounds("--wasm-max-mem-pages=200")) {
    assert.equal(first, "payload_too_large", call);
    assert.ok(then, call);
  }
});

test("all of it fits in an ordinary host", async () => {
  for (const [call, { first, then }] of await rounds()) {
    assert.notEqual(first, "payload_too_large", call);
    assert.ok(then, call);
  }
});
