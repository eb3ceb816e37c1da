// What `cargo xtask bench receivers` runs: each framework with hookseal and by hand, in turns, and their ratios.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { deliveries } from "./deliveries.js";
import { load } from "./load.js";
import { frameworks, start } from "./servers.js";

const { ROUNDS = "7", REQUESTS = "6000", CONNECTIONS = "16", SOAK = "0", JSON_FILE } = process.env;
const secret = randomBytes(32).toString("hex");

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const round = (number, digits = 3) => Number(number.toFixed(digits));

let sent = 0;
const some = (count) => deliveries(secret, (sent += count), count);

async function compare(name, sides, scale) {
  const servers = await Promise.all(sides.map((side) => start(side, secret)));
  const measured = sides.map(() => []);
  try {
    for (const { port } of servers) await load(port, some(2000), Number(CONNECTIONS)); // warm
    for (let turn = 0; turn < Number(ROUNDS); turn++) {
      // Who goes first takes turns too.
      for (const side of turn % 2 ? [1, 0] : [0, 1]) {
        measured[side].push(await load(servers[side].port, some(Number(REQUESTS) / scale), Number(CONNECTIONS)));
      }
    }
  } finally {
    for (const server of servers) server.stop();
  }
  const [ours, theirs] = measured.map((runs) => ({
    ns: 1e9 / median(runs.map(({ throughput }) => throughput)),
    p99: median(runs.map(({ p99 }) => p99)),
  }));
  const ratios = measured[0].map((run, turn) => run.throughput / measured[1][turn].throughput);
  console.log(
    `${name}: ${Math.round(1e9 / ours.ns)} deliveries/s with hookseal, ${Math.round(1e9 / theirs.ns)} by hand, ` +
      `throughput ratio ${round(median(ratios))}; p99 ${round(ours.p99)} ms, ${round(theirs.p99)} ms, ratio ${round(theirs.p99 / ours.p99)}`,
  );
  const peers = { "by hand": Math.round(theirs.ns) };
  const row = { runtime: name, work: "receiver", bytes: 420, hookseal_ns: Math.round(ours.ns), peers };
  return { ...row, best_peer: "by hand", ratio: round(theirs.ns / ours.ns) };
}

/** Memory over many deliveries, each of an event of its own. */
async function soak(name, [side], total) {
  const server = await start(side, secret);
  try {
    for (let done = 0; done < total; done += 50_000) {
      await load(server.port, some(50_000), Number(CONNECTIONS));
      const { rss } = await (await fetch(`http://127.0.0.1:${server.port}/memory`)).json();
      console.log(`${name}: ${done + 50_000} deliveries, ${round(rss / 2 ** 20, 1)} MiB`);
    }
  } finally {
    server.stop();
  }
}

const rows = [];
for (const [name, { sides, scale }] of Object.entries(frameworks)) {
  if (Number(SOAK) > 0) await soak(name, sides, Number(SOAK));
  else rows.push(await compare(name, sides, scale));
}
if (JSON_FILE) writeFileSync(JSON_FILE, `${JSON.stringify(rows, null, 2)}\n`);
