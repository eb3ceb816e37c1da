// What the tests of this folder share: the vectors, the packed tarball, commands and folders that vanish.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cases } from "../vectors.js";
import { files } from "./programs/vectors.js";

export { files };

/** A path below this folder. */
export const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What a runtime must report: every case was run, and none went wrong. */
export const flawless = { cases: files.flatMap(cases).length, faults: [] };
assert.ok(flawless.cases > 500, "there are vectors to run");

/** The manifest that users get. */
export const manifest = createRequire(import.meta.url)("hookseal/package.json");

/** The very file that users install. */
export const tarball = at(`../../../target/dist/hookseal-${manifest.version}.tgz`);

const run = promisify(execFile);

/** What a command prints; where it fails, an error with all that it printed. */
export async function output(command, args, options) {
  try {
    const { stdout } = await run(command, args, { timeout: 60_000, maxBuffer: 2 ** 26, ...options });
    return stdout;
  } catch (error) {
    throw new Error([error.message, error.stdout, error.stderr].join("\n"));
  }
}

/** The same for a tool that npm installed. */
export const tool = (name, args, options) => output(at(`../node_modules/.bin/${name}`), args, options);

/** A folder of the test's own, far from any `node_modules` and gone when the test ends. */
export async function folder(test) {
  const path = await mkdtemp(join(tmpdir(), "hookseal-"));
  test.after(() => rm(path, { recursive: true }));
  return path;
}
