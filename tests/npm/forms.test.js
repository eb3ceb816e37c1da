// Every form that JavaScript has for a secret, a payload and headers; and what none of them may do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";
import { ConfigError, SignatureError, Webhook, WebhookError } from "hookseal";

const text = '{"type":"protocol.started","note":"é"}';
const raw = new TextEncoder().encode(text);
const webhook = new Webhook("loop", "secret");
const signature = webhook.sign(raw);
const name = "X-Loop-Signature";

const shared = new SharedArrayBuffer(raw.length);
new Uint8Array(shared).set(raw);
const padded = new Uint8Array([0, 0, ...raw, 0]);
const headersOf = (value) => ({ append() {}, get: () => value });
const detached = new ArrayBuffer(8);
const detachedView = new Uint8Array(detached);
structuredClone(detached, { transfer: [detached] });

describe("a raw body is taken in any form that has bytes", () => {
  const forms = {
    string: text,
    Uint8Array: raw,
    Buffer: Buffer.from(text),
    ArrayBuffer: raw.buffer.slice(0, raw.length),
    SharedArrayBuffer: shared,
    "a view of shared memory": new Uint8Array(shared),
    "a view with an offset": padded.subarray(2, 2 + raw.length),
    DataView: new DataView(padded.buffer, 2, raw.length),
    Uint8ClampedArray: new Uint8ClampedArray(raw),
    Int8Array: new Int8Array(raw.buffer.slice(0, raw.length)),
    "a resizable ArrayBuffer": Object.assign(new ArrayBuffer(raw.length, { maxByteLength: 999 })),
    "bytes of another realm": vm.runInNewContext("Uint8Array.from(raw)", { raw: [...raw] }),
    "a buffer of another realm": vm.runInNewContext("Uint8Array.from(raw).buffer", { raw: [...raw] }),
  };
  new Uint8Array(forms["a resizable ArrayBuffer"]).set(raw);

  for (const [form, payload] of Object.entries(forms)) {
    test(form, () => {
      assert.deepEqual(webhook.verify(payload, signature).body, { type: "protocol.started", note: "é" });
      assert.equal(webhook.verifySignature(payload, signature), "0");
      assert.equal(webhook.sign(payload), signature);
    });
  }

  test("a view of wider numbers is the bytes under it", () => {
    assert.equal(webhook.sign(new Uint16Array([0x6261, 0x6463])), webhook.sign("abcd"));
  });
});

describe("anything else is no raw body, and the remedy is named", () => {
  const values = [
    undefined,
    null,
    {},
    [],
    [1, 2],
    0,
    1n,
    true,
    Symbol("x"),
    () => raw,
    new Date(),
    new Map(),
    new Blob([text]),
  ];
  values.push(new String(text), "\ud800", detached, detachedView, new Proxy({}, { get: () => assert.fail() }));
  values.push({ [Symbol.toStringTag]: "ArrayBuffer", length: 2 ** 31, byteLength: 4 }, Promise.resolve(raw));

  for (const payload of values) {
    test(Object.prototype.toString.call(typeof payload === "object" ? undefined : payload) + typeof payload, () => {
      for (const call of [() => webhook.verify(payload, signature), () => webhook.sign(payload)]) {
        assert.throws(call, (error) => {
          assert(error instanceof ConfigError);
          assert.deepEqual([error.code, error.status], ["payload_not_raw", 500]);
          return /express\.raw\(.*arrayBuffer\(\)/.test(error.message);
        });
      }
    });
  }
});

describe("the signature is found in any form of headers", () => {
  const forms = {
    "the signature itself": signature,
    Headers: new Headers({ [name]: signature }),
    "Headers of another make": { append() {}, get: (asked) => (asked === name ? signature : null) },
    "Node's req.headers": { host: "example.com", [name.toLowerCase()]: signature },
    "Node's req.headersDistinct": Object.assign(Object.create(null), { [name.toLowerCase()]: [signature] }),
    "a plain object": { [name.toUpperCase()]: signature },
    pairs: [
      ["host", "example.com"],
      [name, signature],
    ],
    Map: new Map([[name, signature]]),
    "an iterator of pairs": [[name, signature]].values(),
  };
  for (const [form, headers] of Object.entries(forms)) {
    test(form, () => assert.equal(webhook.verifySignature(raw, headers), "0"));
  }
});

describe("whatever stands where headers belong gives a declared error", () => {
  const throws = () => {
    throw new RangeError("a caller's own");
  };
  const forms = {
    missing_signature: [
      undefined,
      null,
      7,
      true,
      Symbol("x"),
      {},
      [],
      [7],
      [null],
      "",
      new Headers(),
      new Map(),
      () => 0,
    ],
    malformed_signature: [
      { [name]: [[signature]] },
      headersOf(7),
      headersOf([signature]),
      headersOf({}),
      { [name]: 7 },
      { [name]: {} },
      { [name]: Symbol("x") },
      [[name, true]],
      "\ud800",
    ],
    repeated_signature: [
      { [name]: [signature, signature] },
      new Headers([
        [name, signature],
        [name, signature],
      ]),
    ],
  };
  forms.missing_signature.push(
    {
      get [name]() {
        return throws();
      },
    },
    { [Symbol.iterator]: throws },
  );
  forms.missing_signature.push(new Proxy({}, { ownKeys: throws }), Object.create({ [name]: signature }));
  forms.repeated_signature.push({ [name]: signature, [name.toLowerCase()]: signature });

  for (const [code, all] of Object.entries(forms)) {
    for (const [index, headers] of all.entries()) {
      test(`${code} ${index}`, () => {
        assert.throws(
          () => webhook.verify(raw, headers),
          (error) => error instanceof SignatureError && error.code === code,
        );
      });
    }
  }
});

describe("secrets are taken alone, as a list, or by label", () => {
  const bytes = new TextEncoder().encode("secret");
  const forms = [
    ["secret", "0"],
    [bytes, "0"],
    [bytes.buffer, "0"],
    [new DataView(bytes.buffer), "0"],
    [["other", "secret"], "1"],
    [["other", bytes], "1"],
    [new Set(["other", "secret"]), "1"],
    [{ new: "other", old: "secret" }, "old"],
    [new Map([["new", "secret"]]), "new"],
    [
      [
        ["new", "other"],
        ["old", "secret"],
      ],
      "old",
    ],
    [["other", ["old", "secret"]], "old"],
  ];
  for (const [index, [secrets, label]] of forms.entries()) {
    test(`form ${index}`, () => assert.equal(new Webhook("loop", secrets).verifySignature(raw, signature), label));
  }

  const none = [
    undefined,
    null,
    7,
    true,
    Symbol("x"),
    {},
    [],
    [null],
    [7],
    { label: null },
    [["label"]],
    [[7, "secret"]],
    () => 0,
  ];
  none.push(new Date(), new Proxy({}, { ownKeys: () => assert.fail() }), [["label", "secret", "more"]]);
  none.push(
    new String("secret"),
    { "\ud800": "x" },
    [
      ["a", "x"],
      ["a", "y"],
    ],
    ["x", ["0", "y"]],
  );
  for (const [index, secrets] of none.entries()) {
    test(`no secret ${index}`, () => {
      assert.throws(
        () => new Webhook("loop", secrets),
        (error) => error instanceof ConfigError && error.code === "invalid_secret",
      );
    });
  }

  test("what is no provider", () => {
    for (const provider of [undefined, null, 7, Symbol("x"), {}, ["loop"], new String("loop")]) {
      assert.throws(
        () => new Webhook(provider, "secret"),
        (error) => error.code === "unknown_provider",
      );
    }
  });
});

test("a webhook does not see later changes to the bytes of its secret", () => {
  const bytes = new TextEncoder().encode("secret");
  const made = new Webhook("loop", bytes);
  bytes.fill(0);
  assert.equal(made.sign(raw), signature);
});

test("errors are real classes, told apart by instanceof", () => {
  assert.throws(
    () => webhook.verify(raw, {}),
    (error) => {
      assert.equal(String(error), "SignatureError: expected a signature in the header X-Loop-Signature, found none");
      return error instanceof Error && error instanceof WebhookError && !(error instanceof ConfigError);
    },
  );
});

test("an event can be spread, cloned and written as JSON", () => {
  const event = webhook.verify(raw, signature);
  const written = { ...event, occurredAt: undefined };
  assert.deepEqual(structuredClone({ ...event }), written);
  assert.deepEqual(JSON.parse(JSON.stringify(event)), JSON.parse(JSON.stringify(written)));
});
