// What the README shows is what the demo runs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const shown = Array.from(read("README.md").matchAll(/<!-- (examples\/\S+) -->\n```\w+\n(.*?)```\n/gs));

test("one example for each way to use it", () => assert.equal(shown.length, 4));

for (const [, path, code] of shown) {
  test(path, () => assert.equal(code, read(path)));
}
