// No copy of a secret is left in the wasm's memory, which a crash dump or a bug elsewhere could show.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import test from "node:test";

// hookseal keeps its instance to itself, so its memory is taken when it is made.
const { Instance } = WebAssembly;
let memory;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memory = this.exports.memory;
  }
};
const { Webhook } = await import("hookseal");
WebAssembly.Instance = Instance;

/** Text of a third more bytes than these: 64, unless told. */
const secret = (bytes = 48) => randomBytes(bytes).toString("base64url");

/** Where any sixteen bytes of a secret lie: as they are, or as they enter HMAC's inner or outer hash. */
function traces(secret) {
  const found = [];
  const whole = Buffer.from(memory.buffer);
  for (const [form, pad] of Object.entries({ plain: 0, inner: 0x36, outer: 0x5c })) {
    const bytes = Buffer.from(secret).map((byte) => byte ^ pad);
    for (let start = 0; start + 16 <= bytes.length; start += 16) {
      const place = whole.indexOf(bytes.subarray(start, start + 16));
      if (place !== -1) found.push(`${form}, from byte ${start}, at ${place}`);
    }
  }
  return found;
}

const rotations = {
  "a secret as long as HMAC's block": [secret()],
  "a secret that HMAC hashes": [secret(75)],
  "more secrets than a growing list holds without moving": Array.from({ length: 5 }, () => secret()),
};

for (const [name, secrets] of Object.entries(rotations)) {
  test(`${name}: no trace once the webhook is made`, () => {
    new Webhook("loop", secrets);
    assert.deepEqual(secrets.flatMap(traces), []);
  });

  test(`${name}: no trace once deliveries were signed and verified`, () => {
    const webhook = new Webhook("loop", secrets);
    for (const payload of ["{}", '{"type":"protocol.started"}', "x".repeat(100_000)]) {
      const signature = webhook.sign(payload);
      webhook.verifySignature(payload, signature);
      assert.throws(() => webhook.verify(payload, "0".repeat(64)), { code: "signature_mismatch" });
      assert.deepEqual(secrets.flatMap(traces), []);
    }
  });
}

test("the search finds what is there", () => {
  const there = secret();
  memory.grow(1);
  Buffer.from(memory.buffer).write(there, memory.buffer.byteLength - there.length);
  assert.equal(traces(there).length, there.length / 16);
});
