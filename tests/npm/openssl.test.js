// Agreement with OpenSSL, by way of Node's own crypto.
import assert from "node:assert/strict";
import { createHmac, createHash } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "hookseal";

const longestPayload = 4096;
const longestSecret = 200;

/** Bytes without a pattern, the same in every run. */
function bytes(length, seed) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash("sha256").update(`${seed} ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

const expected = (secret, payload) => createHmac("sha256", secret).update(payload).digest("hex");

test("signs as OpenSSL does: payloads of 0 to 4096 bytes, secrets of 1 to 200", () => {
  const payload = bytes(longestPayload, "payload");
  const secrets = Array.from({ length: longestSecret }, (_, i) =>
    Buffer.concat([Buffer.from("k"), bytes(i, `secret ${i}`)]),
  );
  const webhooks = secrets.map((secret) => new Webhook("loop", secret));
  for (let size = 0; size <= longestPayload; size++) {
    const one = size % longestSecret;
    const part = payload.subarray(0, size);
    assert.equal(webhooks[one].sign(part), expected(secrets[one], part), `payload of ${size} bytes`);
  }
  for (const [one, secret] of secrets.entries()) {
    for (const size of [0, 55, 56, 63, 64, 65, 400, longestPayload]) {
      const part = payload.subarray(0, size);
      assert.equal(webhooks[one].sign(part), expected(secret, part), `secret of ${secret.length} bytes`);
    }
  }
});
