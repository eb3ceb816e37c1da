// One worker: claims and completes keys of its own for some seconds, eight at a time, as deliveries would.
import { stores } from "./stores.js";

const { store: name, file, keys, seconds, worker } = JSON.parse(process.argv[2]);
const store = await stores[name].make(file, keys);
const times = [];

async function lane(lane, until) {
  for (let n = 0; performance.now() < until; n++) {
    const [key, token] = [`loop:id:${worker}-${lane}-${n}`, `${worker}-${lane}-${n}`];
    const start = performance.now();
    const session = store.begin ? await store.begin() : store;
    const { state } = await session.claim(key, token, 30_000, Date.now());
    const ending = await session.complete(key, token, 259_200_000, Date.now());
    times.push(performance.now() - start);
    if (state !== "claimed" || ending !== "done") throw new Error(`${name}: ${state}, ${ending}`);
    // A store that never waits would else keep the others of this process from theirs.
    if (n % 64 === 63) await new Promise((resolve) => setImmediate(resolve));
  }
}

const lanes = (seconds) =>
  Promise.all(Array.from({ length: 8 }, (_, n) => lane(`${seconds}-${n}`, performance.now() + seconds * 1000)));
await lanes(0.5); // warm
times.length = 0;
const start = performance.now();
await lanes(seconds);
const elapsed = (performance.now() - start) / 1000;
times.sort((a, b) => a - b);
process.send({ rate: times.length / elapsed, p99: times[Math.floor(times.length * 0.99)] }, () => process.exit(0));
