// Every example of the documentation runs, and prints what its comment says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.resolve("hookseal")));

/** The examples of one file of declarations, as the user's editor shows them. */
function examples(name) {
  const found = readFileSync(join(folder, name), "utf8").matchAll(/```js\n(.*?)```/gs);
  return Array.from(found, ([, code]) => code.replaceAll(/^ *\* ?/gm, ""));
}

const all = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".d.ts"))
  .flatMap((name) => examples(name).map((code, index) => ({ name: `${name} ${index}`, code })));

test("there are examples", () => assert(all.length >= 5, `found ${all.length}`));

for (const { name, code } of all) {
  test(name, () => {
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    });
    const promised = Array.from(code.matchAll(/console\.log\(.*?\); \/\/ (.*)$/gm), ([, said]) => `${said}\n`);
    assert.notEqual(promised.length, 0);
    assert.equal(printed, promised.join(""));
  });
}
