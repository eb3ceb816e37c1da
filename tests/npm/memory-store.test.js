// The memory store: the core's own, through the wasm.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ConfigError, MemoryStore } from "hookseal";

const traces = JSON.parse(readFileSync(new URL("../traces/memory.json", import.meta.url), "utf8"));

/** What a store does, in the form of the trace's `expect`. */
function answer(store, { call, key, token, ms, now }) {
  try {
    if (call === "sweep") return store.sweep(now);
    if (call === "release") return store.release(key, token);
    if (call === "complete") return store.complete(key, token, ms, now);
    const { state, until } = store.claim(key, token, ms, now);
    return until === undefined ? state : { [state]: until };
  } catch (error) {
    assert.match(error.message, /^expected room for one more claim/);
    return "full";
  }
}

for (const { bound, steps } of traces.traces) {
  test(`every step of the trace of a store with room for ${bound}`, () => {
    const store = new MemoryStore({ bound });
    for (const [at, { expect, ...step }] of steps.entries()) {
      assert.deepEqual(answer(store, step), expect, `step ${at}: ${JSON.stringify(step)}`);
    }
  });
}

test("what is no key, token or time is refused, and no store forgets by it", () => {
  const [store, other] = [new MemoryStore(), new MemoryStore(null)];
  other.claim("key", "a", 1000, 0);
  const wrong = [
    () => store.claim(undefined, "a", 1, 0),
    () => store.claim("", "a", 1, 0),
    () => store.claim("key", 7, 1, 0),
    () => store.claim("key", "a", "1", 0),
    () => store.claim("key", "a", 1, -1),
    () => store.complete(Symbol("key"), "a", 1, 0),
    () => store.release("key"),
    () => store.sweep(null),
  ];
  for (const call of wrong)
    assert.throws(call, (error) => error instanceof ConfigError && error.code === "invalid_option");
  assert.equal(other.claim("key", "b", 1000, 1).state, "in_progress");
});

test("a bound that is none is refused", () => {
  for (const bound of [0, -1, Number.NaN, 2 ** 24 + 1, Number.POSITIVE_INFINITY, "many", null]) {
    assert.throws(
      () => new MemoryStore({ bound }),
      (error) => error instanceof ConfigError && error.code === "invalid_option",
    );
  }
});

test("stores do not know each other's keys", () => {
  const stores = Array.from({ length: 100 }, () => new MemoryStore());
  for (const store of stores) assert.equal(store.claim("key", "token", 1000, 0).state, "claimed");
  for (const store of stores) assert.equal(store.claim("key", "token", 1000, 0).state, "in_progress");
});
