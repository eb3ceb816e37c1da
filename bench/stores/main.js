// What `cargo xtask bench stores` runs: claim and complete, a store, by one worker and by two, with no other live keys and with many.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stores } from "./stores.js";

const seconds = Number(process.env.SECONDS ?? 4);
const folder = mkdtempSync(join(tmpdir(), "hookseal-bench-"));
const file = join(folder, "claims.db");

function worker(settings) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, "worker.js"), [JSON.stringify(settings)]);
    child.once("message", resolve);
    child.once("exit", (code) => code && reject(new Error(`a worker ended with ${code}`)));
  });
}

const show = (number) => Math.round(number).toLocaleString("en");

console.log(
  `${"claim + complete".padEnd(28)}${"workers".padStart(8)}${"live keys".padStart(12)}${"a second".padStart(10)}${"p99 ms".padStart(9)}`,
);
try {
  for (const [store, { shared, fill }] of Object.entries(stores)) {
    for (const keys of [0, 10_000, 1_000_000]) {
      let bytes;
      for (const workers of shared ? [1, 2] : [1]) {
        bytes = await fill?.(keys, file);
        const settings = { store, file, keys, seconds };
        const all = await Promise.all(
          Array.from({ length: workers }, (_, worker_) => worker({ ...settings, worker: worker_ })),
        );
        const rate = all.reduce((sum, { rate }) => sum + rate, 0);
        const p99 = Math.max(...all.map(({ p99 }) => p99));
        console.log(
          `${store.padEnd(28)}${String(workers).padStart(8)}${show(keys).padStart(12)}${show(rate).padStart(10)}${p99.toFixed(2).padStart(9)}`,
        );
      }
      if (bytes && keys === 1_000_000) console.log(`${store}: ${show(bytes / keys)} bytes a live key`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
