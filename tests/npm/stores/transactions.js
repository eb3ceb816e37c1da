// What every transactional store promises. `make(name)` gives a store; `write(tx, id)` is an effect of a handler's, and `count(id)` how
// often it has happened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Receiver, Webhook } from "hookseal";

const { equal, deepEqual } = assert;
const NOW = 1_800_000_000_000;

let fresh = 0;
const newId = () => `effect-${Date.now()}-${++fresh}`;

export function transactions(name, { make, write, count, optimistic = false }) {
  const on = (what, run) => test(`${name}: ${what}`, async () => run(await make("transactions")));

  on("claim and effect are committed together", async (store) => {
    const id = newId();
    const session = store.begin();
    equal((await session.claim(id, "a", 1000, NOW)).state, "claimed");
    await write(session.tx, id);
    equal(await session.complete(id, "a", 5000, NOW), "done");
    equal(await count(id), 1);
    equal((await store.begin().claim(id, "b", 1000, NOW + 4999)).state, "completed");
  });

  on("what is released has not happened", async (store) => {
    const id = newId();
    const session = store.begin();
    await session.claim(id, "a", 1000, NOW);
    await write(session.tx, id);
    await session.release(id, "a");
    equal(await count(id), 0);
    const again = store.begin();
    equal((await again.claim(id, "b", 1000, NOW)).state, "claimed");
    await again.release(id, "b");
  });

  on("after the retention it may happen again", async (store) => {
    const id = newId();
    for (const now of [NOW, NOW + 5000]) {
      const session = store.begin();
      equal((await session.claim(id, "a", 1000, now)).state, "claimed");
      await write(session.tx, id);
      equal(await session.complete(id, "a", 5000, now), "done");
    }
    equal(await count(id), 2);
  });

  on("receivers of different names do not swallow each other's events", async (store) => {
    const id = newId();
    for (const one of [store, await make("another")]) {
      const session = one.begin();
      equal((await session.claim(id, "a", 1000, NOW)).state, "claimed");
      await write(session.tx, id);
      equal(await session.complete(id, "a", 5000, NOW), "done");
    }
    equal(await count(id), 2);
  });

  on("of many deliveries at once of one event, one takes effect", async (store) => {
    const webhook = new Webhook("loop", "secret");
    const id = newId();
    const payload = JSON.stringify({ type: "protocol.started", id });
    const delivery = {
      method: "POST",
      headers: { "x-loop-signature": webhook.sign(payload) },
      read: () => Buffer.from(payload),
    };
    let ran = 0;
    const receiver = new Receiver(webhook, async (event, { tx }) => ++ran && write(tx, event.id), {
      store,
      observe: () => {},
    });
    const replies = await Promise.all(Array.from({ length: 32 }, () => receiver.deliver(delivery)));
    const outcomes = replies.map(({ outcome }) => outcome).sort();
    deepEqual(outcomes, [...Array(31).fill("duplicate"), "handled"]);
    equal(await count(id), 1);
    if (!optimistic) equal(ran, 1);
  });

  on("a handler that throws has changed nothing, and gets the event again", async (store) => {
    const webhook = new Webhook("loop", "secret");
    const id = newId();
    const payload = JSON.stringify({ type: "protocol.started", id });
    const headers = { "x-loop-signature": webhook.sign(payload) };
    let fail = true;
    const handler = async (event, { tx }) => {
      await write(tx, event.id);
      if (fail) throw new Error("asked to throw");
    };
    const receiver = new Receiver(webhook, handler, { store, observe: () => {} });
    const deliver = () => receiver.deliver({ method: "POST", headers, read: () => Buffer.from(payload) });
    equal((await deliver()).outcome, "failed");
    equal(await count(id), 0);
    fail = false;
    equal((await deliver()).outcome, "handled");
    equal((await deliver()).outcome, "duplicate");
    equal(await count(id), 1);
  });
}
