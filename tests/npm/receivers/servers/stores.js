// Stores in which one thing goes wrong.
import { MemoryStore } from "hookseal";

export { MemoryStore };

/** A memory store, but for one operation. */
export function broken(operation, how) {
  const store = new MemoryStore();
  const seen = new Set();
  const works = {
    claim: (...args) => store.claim(...args),
    complete: (...args) => store.complete(...args),
    release: (...args) => store.release(...args),
  };
  const instead = {
    fails: async () => Promise.reject(new Error("the store is down")),
    "fails once": async (key, ...rest) => {
      if (seen.has(key)) return works[operation](key, ...rest);
      seen.add(key);
      throw new Error("the store is down");
    },
    lost: async () => "lost",
    hangs: async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return works[operation](...args);
    },
  };
  return { ...works, [operation]: instead[how] };
}

/** A transactional store, whose commits all end so, or fail. */
export function transactional(ending) {
  const store = new MemoryStore();
  return {
    begin: async () => ({
      tx: "a transaction",
      claim: (...args) => store.claim(...args),
      complete: async (key, token) => {
        store.release(key, token);
        if (ending === "fails") throw new Error("the store is down");
        return ending;
      },
      release: (...args) => store.release(...args),
    }),
  };
}
