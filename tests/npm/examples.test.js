// The examples are typed as strictly as a TypeScript user would have them.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const tsc = join(import.meta.dirname, "node_modules/typescript/bin/tsc");
const options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2024", "--module", "nodenext"];

for (const [example, library] of Object.entries({
  "express/server.js": ["--lib", "es2024", "--types", "node,express"],
  "express_redis/server.js": ["--lib", "es2024", "--types", "node,express"],
  "worker/worker.js": ["--lib", "es2024", "--types", "@cloudflare/workers-types"],
  "worker_d1/worker.js": ["--lib", "es2024", "--types", "@cloudflare/workers-types"],
})) {
  test(example, (t) => {
    // Beside the packages that it imports.
    const folder = mkdtempSync(join(import.meta.dirname, "example-"));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(new URL(`../../examples/${example}`, import.meta.url), join(folder, "example.js"));
    execFileSync(process.execPath, [tsc, ...options, ...library, join(folder, "example.js")], { encoding: "utf8" });
  });
}
