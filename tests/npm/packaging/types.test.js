// The declarations compile wherever users compile, and refuse what they should.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { at, folder, output } from "./support.js";

/** `skipLibCheck` is off, as it is by default: users may have it so. */
const compile = (files, ...options) => compileWith("typescript", files, "--target", "es2024", ...options);

const compileWith = (compiler, files, ...options) => {
  const tsc = at(`../node_modules/${compiler}/bin/tsc`);
  return output(process.execPath, [tsc, "--noEmit", "--strict", ...options, ...files], { cwd: at("types") });
};

const resolutions = {
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
  nodenext: ["--module", "nodenext", "--moduleResolution", "nodenext"],
};

const libraries = {
  "a browser's": { options: ["--lib", "es2024,dom"], files: ["headers.ts", "fetch.ts"] },
  "Node's": {
    options: ["--lib", "es2024", "--types", "node"],
    files: ["headers.ts", "node.ts", "fetch.ts", "stores.ts"],
  },
  "only the language's": { options: ["--lib", "es2024"], files: [] },
};

for (const [resolution, how] of Object.entries(resolutions)) {
  for (const [library, { options, files }] of Object.entries(libraries)) {
    test(`resolution ${resolution}, ${library} types: all uses compile, all misuses fail`, () =>
      compile(["usage.ts", "narrowing.ts", "misuse.ts", "receivers.ts", ...files], ...how, ...options));
  }
}

for (const [resolution, how] of Object.entries(resolutions)) {
  test(`resolution ${resolution}, TypeScript 5.4: all uses compile, all misuses fail`, () => {
    const files = ["usage.ts", "narrowing.ts", "misuse.ts", "receivers.ts", "fetch.ts", "headers.ts", "node.ts"];
    return compileWith("typescript-5.4", files, "--target", "es2022", "--lib", "es2022", "--types", "node", ...how);
  });
}

test("CommonJS may require it", () => compile(["require.cts"], ...resolutions.nodenext, "--lib", "es2024"));

test("every declaration in the package compiles by itself", async () => {
  const installed = fileURLToPath(new URL(".", import.meta.resolve("hookseal")));
  const all = await readdir(installed, { recursive: true });
  const declarations = all.filter((name) => name.endsWith(".d.ts") && !name.startsWith("node_modules"));
  assert.notEqual(declarations.length, 0);
  await compile(
    declarations.map((name) => join(installed, name)),
    ...resolutions.nodenext,
    "--lib",
    "es2024",
  );
});

test("what the types allow, works", async (t) => {
  const dir = await folder(t);
  for (const name of ["usage", "receivers", "fetch", "headers", "node"]) {
    const outfile = join(dir, `${name}.mjs`);
    await build({ entryPoints: [at(`types/${name}.ts`)], bundle: true, platform: "node", format: "esm", outfile });
    await output(process.execPath, [outfile]);
  }
});
