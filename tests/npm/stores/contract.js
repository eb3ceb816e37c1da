// What every store promises, whatever it is made of. `make(name)` gives a store of that name on one and the same place.
import assert from "node:assert/strict";
import { test } from "node:test";

const { equal, deepEqual } = assert;

/** As many as the issue wants where HOOKSEAL_FULL is set; in the suite, enough to see a race. */
const KEYS = process.env.HOOKSEAL_FULL ? 10_000 : 40;

let fresh = 0;
/** A key that no other test has, as long and odd as keys can be. */
const newKey = () => `loop:id:it's "a" %s $1 ?1 :key {0} \\ ~ ${++fresh} ${Date.now()}`;

const NOW = 1_800_000_000_000;

export function contract(name, make) {
  const on = (what, run) => test(`${name}: ${what}`, async () => run(await make("contract")));

  on("a claim holds the key until its lease ends, to the millisecond", async (store) => {
    const key = newKey();
    equal((await store.claim(key, "a", 1000, NOW)).state, "claimed");
    deepEqual({ ...(await store.claim(key, "b", 1000, NOW + 999)) }, { state: "in_progress", until: NOW + 1000 });
    equal((await store.claim(key, "b", 1000, NOW + 1000)).state, "claimed");
    deepEqual({ ...(await store.claim(key, "a", 1000, NOW + 1000)) }, { state: "in_progress", until: NOW + 2000 });
  });

  on("a completed key is remembered until its retention ends, to the millisecond", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    equal(await store.complete(key, "a", 5000, NOW + 10), "done");
    equal((await store.claim(key, "b", 1000, NOW + 5009)).state, "completed");
    equal((await store.claim(key, "b", 1000, NOW + 5010)).state, "claimed");
  });

  on("a released key can be claimed at once", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    equal(await store.release(key, "a"), "done");
    equal((await store.claim(key, "b", 1000, NOW)).state, "claimed");
  });

  on("a lease that ran out is lost to whoever took the key", async (store) => {
    const key = newKey();
    await store.claim(key, "late", 1000, NOW);
    equal((await store.claim(key, "next", 1000, NOW + 1500)).state, "claimed");
    equal(await store.complete(key, "late", 5000, NOW + 1600), "lost");
    equal(await store.release(key, "late"), "lost");
    equal((await store.claim(key, "third", 1000, NOW + 1700)).state, "in_progress");
    equal(await store.complete(key, "next", 5000, NOW + 1800), "done");
  });

  on("a lease that ran out, but that nobody took over, can still be completed", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    equal(await store.complete(key, "a", 5000, NOW + 3000), "done");
    equal((await store.claim(key, "b", 1000, NOW + 3001)).state, "completed");
  });

  on("what is completed stays so, whoever ends it again", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    await store.complete(key, "a", 5000, NOW);
    equal(await store.complete(key, "a", 9000, NOW), "lost");
    equal(await store.release(key, "a"), "lost");
    equal((await store.claim(key, "b", 1000, NOW + 4999)).state, "completed");
  });

  on("nobody ends what was never claimed", async (store) => {
    equal(await store.complete(newKey(), "a", 1000, NOW), "lost");
    equal(await store.release(newKey(), "a"), "lost");
  });

  on("a clock that jumps back gives nobody's key away", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    equal((await store.claim(key, "b", 1000, NOW - 3_600_000)).state, "in_progress");
    await store.complete(key, "a", 5000, NOW - 3_600_000);
    equal((await store.claim(key, "b", 1000, NOW - 3_600_001)).state, "completed");
  });

  on("a clock that jumps ahead ends a lease, and no more", async (store) => {
    const key = newKey();
    await store.claim(key, "a", 1000, NOW);
    equal((await store.claim(key, "b", 1000, NOW + 3_600_000)).state, "claimed");
    equal(await store.complete(key, "a", 5000, NOW), "lost");
    equal(await store.complete(key, "b", 5000, NOW + 3_600_000), "done");
  });

  on("keys are told apart, however alike", async (store) => {
    const key = newKey();
    const alike = [key, key.toUpperCase(), `${key} `, `${key}é`, `${key}e\u0301`, `${key}😀`, key + "x".repeat(500)];
    for (const one of alike) equal((await store.claim(one, "a", 1000, NOW)).state, "claimed");
    for (const one of alike) equal((await store.claim(one, "b", 1000, NOW)).state, "in_progress");
  });

  test(`${name}: receivers of different names do not swallow each other's events`, async () => {
    const [reports, kits] = [await make("reports"), await make("kits")];
    const key = newKey();
    equal((await reports.claim(key, "a", 1000, NOW)).state, "claimed");
    equal((await kits.claim(key, "b", 1000, NOW)).state, "claimed");
    equal(await kits.complete(key, "b", 5000, NOW), "done");
    equal((await reports.claim(key, "c", 1000, NOW)).state, "in_progress");
  });

  on(`of 64 claims at once exactly one is given, for each of ${KEYS} keys`, async (store) => {
    for (let n = 0; n < KEYS; n++) {
      const key = newKey();
      const tokens = Array.from({ length: 64 }, (_, token) => `token ${token}`);
      const claims = await Promise.all(tokens.map((token) => store.claim(key, token, 1000, NOW)));
      const states = claims.map(({ state }) => state).sort();
      deepEqual(states, ["claimed", ...Array(63).fill("in_progress")]);
    }
  });

  on(`of 64 claims at once of what has expired exactly one is given`, async (store) => {
    const key = newKey();
    await store.claim(key, "dead", 1000, NOW);
    const later = (token) => store.claim(key, token, 1000, NOW + 1000);
    const claims = await Promise.all(Array.from({ length: 64 }, (_, token) => later(`token ${token}`)));
    equal(claims.filter(({ state }) => state === "claimed").length, 1);
  });
}
