// The tarball holds what users need and nothing of how it is made, and is what the other tests have installed.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import test, { before } from "node:test";
import { fileURLToPath } from "node:url";
import { at, folder, manifest, output, tarball } from "./support.js";

const installed = fileURLToPath(new URL(".", import.meta.resolve("hookseal")));

let packed;
let names;
before(async (t) => {
  const dir = await folder(t);
  await output("tar", ["-xzf", tarball, "-C", dir]);
  packed = join(dir, "package");
  names = await files(packed);
});

/** The names of all files, those in folders with the folder's. */
async function files(dir) {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  const path = (entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name));
  return entries
    .filter((entry) => entry.isFile())
    .map(path)
    .sort();
}

/** Names the first file that differs, where `deepEqual` would show all of them. */
async function assertSame(names, one, other) {
  for (const name of names) {
    assert.ok((await readFile(join(one, name))).equals(await readFile(join(other, name))), `${name} differs`);
  }
}

test("is what is installed here", async () => {
  assert.deepEqual(await files(installed), names);
  await assertSame(names, packed, installed);
});

test("holds the manifest, the wasm, modules and declarations, and no other file", () => {
  const others = names.filter((name) => !/^((tools|sql)\/)?\w+\.(js|d\.ts)$/.test(name));
  assert.deepEqual(others, ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "core.wasm", "package.json", "tools.wasm"]);
});

test("refers to no source map", async () => {
  const modules = names.filter((name) => name.endsWith("js") || name.endsWith("ts"));
  for (const name of modules) {
    assert.ok(!(await readFile(join(packed, name), "utf8")).includes("sourceMappingURL"), name);
  }
});

test("has the repository's README and licences", () =>
  assertSame(["README.md", "LICENSE-MIT", "LICENSE-APACHE"], packed, at("../../..")));

test("depends on nothing and runs nothing when installed", () => {
  const members = Object.keys(manifest).filter((name) => /dependencies|scripts|^bin$/i.test(name));
  assert.deepEqual(members, []);
});
