// The receiver itself, for what no sender can show over HTTP: what it refuses to be made of, what it asks of a store, and what
// it tells.
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import util from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import { ConfigError, MemoryStore, Receiver, SignatureError, Webhook } from "hookseal";
import { receiver as expressReceiver } from "hookseal/express";
import { receiver as fetchReceiver } from "hookseal/fetch";

const secret = "canary-secret-7f3a";
const webhook = new Webhook("loop", secret);
const body = (id, more) => JSON.stringify({ type: "protocol.started", id, ...more });
const bytes = (text) => new TextEncoder().encode(text);

function delivery(text, more) {
  return { method: "POST", headers: { "x-loop-signature": webhook.sign(text) }, read: () => bytes(text), ...more };
}

const nothing = () => {};

/** A receiver that keeps its records, and what it answers to one delivery. */
async function deliver(handler, options, what = delivery(body("evt_1"))) {
  const records = [];
  const observe = (record) => records.push(record);
  const reply = await new Receiver(webhook, handler, { store: new MemoryStore(), observe, ...options }).deliver(what);
  return { reply, records, outcome: reply.outcome };
}

describe("what a receiver is not made of", () => {
  const store = new MemoryStore();
  const HOUR = 3_600_000;
  const refused = {
    "no webhook": [{}, nothing, { store }],
    "no handler": [webhook, undefined, { store }],
    "no options": [webhook, nothing, undefined],
    "no store": [webhook, nothing, {}],
    "half a store": [webhook, nothing, { store: { claim: nothing, complete: nothing } }],
    "a callback that is none": [webhook, nothing, { store, onInvalid: true }],
    "an observer that is none": [webhook, nothing, { store, observe: "console" }],
    "a key that is none": [webhook, nothing, { store, key: "id" }],
    "an option that there is not": [webhook, nothing, { store, maxpayload: 1 }],
    "a limit of nothing": [webhook, nothing, { store, maxPayload: 0 }],
    "a limit above the core's": [webhook, nothing, { store, maxPayload: 2 ** 24 + 1 }],
    "a limit that is not whole": [webhook, nothing, { store, maxPayload: 10.5 }],
    "a time in text": [webhook, nothing, { store, deadline: "9000" }],
    "a time that is none": [webhook, nothing, { store, deadline: Number.NaN }],
    "a time below nothing": [webhook, nothing, { store, deadline: -1 }],
    "a lease without an end": [webhook, nothing, { store, lease: Number.POSITIVE_INFINITY }],
    "a lease that the deadline outlives": [webhook, nothing, { store, lease: 9000 }],
    "a retention below the lease": [webhook, nothing, { store, retention: 29_999 }],
    "a greatest age below Loop's last retry": [webhook, nothing, { store, maxAge: 26 * HOUR }],
    "a greatest age above the retention": [webhook, nothing, { store, maxAge: 73 * HOUR }],
  };
  for (const [name, args] of Object.entries(refused)) {
    test(name, () => {
      for (const make of [(...all) => new Receiver(...all), expressReceiver, fetchReceiver]) {
        assert.throws(() => make(...args), { name: "ConfigError", code: "invalid_option", status: undefined });
      }
    });
  }

  test("and what it may be made of", () => {
    const limits = { maxPayload: 2 ** 24, deadline: 1, lease: 1.5, retention: 96 * HOUR, maxAge: 27 * HOUR };
    const none = { maxPayload: undefined, deadline: undefined, onInvalid: undefined, observe: undefined };
    for (const options of [{}, limits, none]) assert.ok(new Receiver(webhook, nothing, { store, ...options }));
    const month = 30 * 24 * HOUR;
    assert.ok(new Receiver(webhook, nothing, { store: { begin: nothing }, retention: month, maxAge: month }));
  });
});

describe("what a store is asked", () => {
  test("claim, then complete, under a token of the delivery's own", async () => {
    const calls = [];
    const store = {
      claim: (...args) => calls.push(["claim", ...args]) && { state: "claimed" },
      complete: (...args) => calls.push(["complete", ...args]) && "done",
      release: (...args) => calls.push(["release", ...args]) && "done",
    };
    const before = Date.now();
    assert.equal((await deliver(nothing, { store, lease: 20_000, retention: 90_000_000 })).outcome, "handled");
    assert.equal((await deliver(() => Promise.reject(new Error()), { store })).outcome, "failed");

    const [claim, complete, second, release] = calls;
    assert.deepEqual(
      calls.map(([name]) => name),
      ["claim", "complete", "claim", "release"],
    );
    for (const [, key] of calls) assert.equal(key, "loop:id:evt_1");
    assert.deepEqual([claim[3], complete[3]], [20_000, 90_000_000]);
    assert.equal(claim[2], complete[2]);
    assert.equal(second[2], release[2]);
    assert.notEqual(claim[2], second[2]);
    for (const now of [claim[4], complete[4]]) assert.ok(now >= before && now <= Date.now());
  });

  for (const answer of [undefined, null, {}, { state: "banana" }, { state: "done" }, "claimed"]) {
    test(`what is no answer to a claim is a failure: ${JSON.stringify(answer)}`, async () => {
      const handler = mock.fn();
      const store = { claim: () => answer, complete: nothing, release: nothing };
      assert.equal((await deliver(handler, { store })).outcome, "store_failed");
      assert.equal(handler.mock.callCount(), 0);
    });
  }

  test("a completion that is no answer is tried once more", async () => {
    const complete = mock.fn(() => "banana");
    const store = { claim: () => ({ state: "claimed" }), complete, release: nothing };
    assert.equal((await deliver(nothing, { store })).outcome, "handled");
    assert.equal(complete.mock.callCount(), 2);
  });

  test("a transaction that cannot begin", async () => {
    const begin = () => Promise.reject(new Error("no connection"));
    const { outcome, records } = await deliver(nothing, { store: { begin } });
    assert.equal(outcome, "store_failed");
    assert.equal(records[0].error.message, "no connection");
  });

  test("a transaction that ends by an exception", async () => {
    const complete = mock.fn(() => Promise.reject(new Error("no commit")));
    const begin = () => ({ tx: {}, claim: () => ({ state: "claimed" }), complete, release: nothing });
    const { outcome, records } = await deliver(nothing, { store: { begin } });
    assert.deepEqual([outcome, records[0].error.message, complete.mock.callCount()], ["store_failed", "no commit", 1]);
  });

  test("a transaction of each delivery's own", async () => {
    const seen = [];
    const begin = () => ({ tx: {}, claim: () => ({ state: "claimed" }), complete: () => "done", release: nothing });
    const handler = (_, { tx }) => seen.push(tx);
    await deliver(handler, { store: { begin } });
    await deliver(handler, { store: { begin } });
    assert.equal(typeof seen[0], "object");
    assert.notEqual(seen[0], seen[1]);
  });
});

describe("generators, of which nothing runs", () => {
  const refused = (error) => error instanceof ConfigError && error.code === "invalid_option";
  for (const generator of [function* () {}, async function* () {}]) {
    test(`refused: ${generator.constructor.name}`, () => {
      assert.throws(() => new Receiver(webhook, generator, { store: new MemoryStore() }), refused);
      assert.throws(() => new Receiver(webhook, nothing, { store: new MemoryStore(), onInvalid: generator }), refused);
    });

    test(`given by a handler: ${generator.constructor.name}`, async () => {
      const { outcome, records } = await deliver(() => generator(), {});
      assert.equal(outcome, "failed");
      assert.ok(refused(records[0].error));
    });
  }
});

describe("what an observer is told", () => {
  test("an async one that rejects changes nothing, and ends no process", async (t) => {
    const unhandled = mock.fn();
    process.on("unhandledRejection", unhandled);
    t.after(() => process.off("unhandledRejection", unhandled));
    t.mock.method(console, "error", () => {});
    const observe = () => Promise.reject(new Error("mine"));
    const receiver = new Receiver(webhook, nothing, { store: new MemoryStore(), observe });
    await receiver.deliver(delivery(body("evt_1")));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(unhandled.mock.callCount(), 0);
    assert.equal(console.error.mock.callCount(), 1);
  });

  test("the error by reference: the handler's own", async () => {
    const thrown = new Error("mine");
    const { records } = await deliver(() => Promise.reject(thrown), {});
    assert.equal(records[0].error, thrown);
    assert.equal(records[0].code, undefined);
    assert.ok(records[0].milliseconds >= 0);
  });

  test("the error by reference: hookseal's", async () => {
    const { records } = await deliver(nothing, {}, { ...delivery("{}"), headers: {} });
    assert.ok(records[0].error instanceof SignatureError);
    assert.equal(records[0].code, "missing_signature");
  });

  test("the first error, where a second follows from it", async () => {
    const store = {
      claim: () => ({ state: "claimed" }),
      complete: nothing,
      release: () => Promise.reject(new Error("second")),
    };
    const { records } = await deliver(() => Promise.reject(new Error("first")), { store });
    assert.equal(records[0].error.message, "first");
  });

  test("a second record where a handler outlived its deadline, which the host is told to wait for", async () => {
    let finish;
    const handler = () => new Promise((resolve) => (finish = resolve));
    let rest;
    const what = delivery(body("evt_1"), { background: (promise) => (rest = promise) });
    const { records, outcome } = await deliver(handler, { deadline: 20 }, what);
    assert.equal(outcome, "timed_out");
    assert.equal(records.length, 1);
    finish();
    await rest;
    assert.deepEqual(
      records.map(({ outcome }) => outcome),
      ["timed_out", "handled"],
    );
    assert.deepEqual(
      records.map(({ status }) => status),
      [503, 200],
    );
  });

  test("nothing that changes the reply, even if it throws", async (t) => {
    const printed = t.mock.method(console, "error", nothing);
    const observe = () => {
      throw new Error(secret);
    };
    assert.equal((await deliver(nothing, { observe })).outcome, "handled");
    assert.deepEqual(
      printed.mock.calls.map(({ arguments: words }) => words),
      [["hookseal: observe threw"]],
    );
  });
});

describe("without an observer", () => {
  const cases = {
    handled: { expected: [] },
    refused: {
      what: { ...delivery("{}"), headers: {} },
      expected: [/^refused missing_signature \(expected .*x-loop-signature.*\)$/i],
    },
    failed: { handler: () => Promise.reject(new TypeError(secret)), expected: [/^failed \(TypeError\)$/] },
    "too large": {
      what: delivery(body("a")),
      options: { maxPayload: 1 },
      expected: [/^too_large payload_too_large \(expected .*\)$/],
    },
    invalid: {
      what: delivery(`{"${secret}":1}`),
      expected: [/^invalid invalid_event \(.*expected string at type, found nothing\)$/],
    },
  };
  for (const [name, { handler = nothing, what, options, expected }] of Object.entries(cases)) {
    test(`${name}: what may be told, if it did not go well`, async (t) => {
      const printed = t.mock.method(console, "error", nothing);
      await deliver(handler, { observe: undefined, ...options }, what);
      const lines = printed.mock.calls.map(({ arguments: words }) => words);
      assert.equal(lines.length, expected.length);
      for (const [at, [name, line]] of lines.entries()) {
        assert.equal(name, "hookseal:");
        assert.match(line, expected[at]);
        assert.ok(!line.includes(secret));
      }
    });
  }
});

describe("a body that is not raw", () => {
  const raw = bytes(body("evt_1"));
  const found = {
    "nothing at all": [undefined, "nothing"],
    null: [null, "nothing"],
    "a parsed body": [{ type: secret }, "a parsed value"],
    text: [body("evt_1"), "decoded text"],
    "a list of bytes": [[...raw], "a parsed value"],
  };
  for (const [name, [read, what]] of Object.entries(found)) {
    for (const [place, remedy] of Object.entries({ express: "before express.json()", fetch: "request.clone()" })) {
      test(`${name}, with the remedy of ${place}`, async () => {
        const { outcome, records } = await deliver(nothing, {}, delivery(body("evt_1"), { read: () => read, place }));
        assert.equal(outcome, "misused");
        assert.equal(records[0].code, "payload_not_raw");
        assert.ok(records[0].error.message.includes(`found ${what}: `), records[0].error.message);
        assert.ok(records[0].error.message.includes(remedy), records[0].error.message);
      });
    }
  }

  for (const raw of [Buffer.from, (text) => bytes(text).buffer, (text) => new DataView(bytes(text).buffer)]) {
    test("but bytes in any form are", async () => {
      const { outcome } = await deliver(nothing, {}, delivery(body("evt_1"), { read: async () => raw(body("evt_1")) }));
      assert.equal(outcome, "handled");
    });
  }
});

test("a key must be a text, and not an empty one", async () => {
  for (const key of [() => "", () => undefined, () => 7, async () => null, () => Promise.reject(new Error())]) {
    const { outcome, records } = await deliver(nothing, { key });
    assert.equal(outcome, "failed");
    assert.ok(records[0].error instanceof Error);
  }
  assert.equal((await deliver(nothing, { key: async ({ id }) => id })).outcome, "handled");
});

test("a key of halves of characters is none: there are many, and other languages know them as one", async () => {
  const { outcome, records } = await deliver(nothing, { key: () => "\ud800" });
  assert.equal(outcome, "failed");
  assert.match(records[0].error.message, /a key that is a text/);
});

test("whatever a host hands over gets a reply, and no memory store forgets for it", async () => {
  const store = new MemoryStore();
  store.claim("key", "a", 1000, 0);
  store.complete("key", "a", 1000, 0);
  const poisoned = {
    get method() {
      throw new TypeError(secret);
    },
    headers: {},
    read: nothing,
  };
  const elsewhere = { ...delivery(body("evt_1")), read: nothing, place: Symbol("elsewhere") };
  for (const odd of [{ headers: {}, read: nothing }, { ...elsewhere, method: Symbol("POST") }, elsewhere, poisoned]) {
    const { outcome } = await deliver(nothing, { store: new MemoryStore() }, odd);
    assert.ok(["not_post", "failed", "misused"].includes(outcome), outcome);
  }
  assert.equal(store.claim("key", "b", 1000, 999).state, "completed");
});

test("a body that stalls is let go at the deadline", async () => {
  let cancelled = false;
  const body = new ReadableStream({ cancel: () => void (cancelled = true) });
  const receive = fetchReceiver(webhook, nothing, { store: new MemoryStore(), observe: nothing, deadline: 20 });
  const request = new Request("http://localhost", { method: "POST", body, duplex: "half" });
  assert.equal((await receive(request)).status, 408);
  await sleep(0);
  assert.ok(cancelled);
});

test("a request that was paused is read all the same", async () => {
  const text = body("paused");
  const request = Object.assign(Readable.from([bytes(text)], { objectMode: false }), {
    method: "POST",
    headers: { "x-loop-signature": webhook.sign(text) },
  });
  request.pause();
  const answered = new Promise((end) => {
    const response = { headersSent: false, setHeader: nothing, end };
    void expressReceiver(webhook, nothing, { store: new MemoryStore(), deadline: 5000 })(request, response);
  });
  assert.equal(await answered, "handled");
});

test("what onInvalid throws takes the place of what was invalid", async () => {
  const thrown = new Error("mine");
  const { outcome, records } = await deliver(nothing, { onInvalid: () => Promise.reject(thrown) }, delivery("{}"));
  assert.equal(outcome, "failed");
  assert.equal(records[0].error, thrown);
  const ignored = await deliver(nothing, { onInvalid: nothing }, delivery("{}"));
  assert.deepEqual([ignored.outcome, ignored.records[0].code], ["ignored", "invalid_event"]);
});

test("a body that arrives after the deadline is not looked at", async () => {
  let arrive;
  const read = () => new Promise((resolve) => (arrive = resolve));
  const handler = mock.fn();
  const { outcome, records } = await deliver(handler, { deadline: 20 }, delivery(body("evt_1"), { read }));
  assert.equal(outcome, "unread");
  arrive(bytes(body("evt_1")));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(records.length, 1);
  assert.equal(handler.mock.callCount(), 0);
});

test("headers may be the signature itself", async () => {
  const headers = webhook.sign(body("evt_1"));
  assert.equal((await deliver(nothing, {}, delivery(body("evt_1"), { headers }))).outcome, "handled");
});

test("a receiver and its context tell nothing", async () => {
  const receiver = new Receiver(webhook, nothing, { store: new MemoryStore() });
  const shown = [util.inspect(receiver, { depth: Infinity, showHidden: true }), JSON.stringify(receiver)];
  const { reply, records } = await deliver(nothing, {}, delivery(body(secret)));
  for (const text of [...shown, JSON.stringify(reply), util.inspect(records)]) assert.ok(!text.includes("7f3a"), text);
});

test("a body in chunks of a byte is kept as bytes, not as chunks", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const chunks = [];
  const reader = {
    async read() {
      if (chunks.length === 1000) {
        await sleep(0);
        collect();
        return { done: true };
      }
      const value = new Uint8Array(1);
      chunks.push(new WeakRef(value));
      return { done: false, value };
    },
    cancel: async () => {},
  };
  const request = {
    method: "POST",
    headers: new Headers(),
    bodyUsed: false,
    body: { locked: false, getReader: () => reader },
  };
  assert.equal((await fetchReceiver(webhook, nothing, { store: new MemoryStore() })(request)).status, 401);
  const kept = chunks.filter((chunk) => chunk.deref()).length;
  assert.ok(kept < 100, `${kept} of 1000 chunks are kept`);
});
