// What holds for every input.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Webhook, WebhookError } from "hookseal";

const runs = { numRuns: 500 };
const provider = fc.constantFrom("loop", "glycanage");
const secret = fc.uint8Array({ minLength: 1, maxLength: 200 }).filter((bytes) => bytes.some(Boolean));
const payload = fc.uint8Array({ maxLength: 2000 });
const bit = fc.nat();

function flip(bytes, bit) {
  const changed = Uint8Array.from(bytes);
  changed[(bit >> 3) % bytes.length] ^= 1 << (bit & 7);
  return changed;
}

const refused = (code) => (error) => error instanceof WebhookError && error.code === code;

const property = (name, ...rest) => test(name, () => fc.assert(fc.property(...rest), runs));

property("what is signed is verified", provider, secret, payload, (provider, secret, payload) => {
  const webhook = new Webhook(provider, secret);
  assert.equal(webhook.verifySignature(payload, { [webhook.signatureHeader]: webhook.sign(payload) }), "0");
});

property(
  "any changed bit of the payload is refused",
  provider,
  secret,
  payload,
  bit,
  (provider, secret, payload, bit) => {
    fc.pre(payload.length > 0);
    const webhook = new Webhook(provider, secret);
    const signature = webhook.sign(payload);
    assert.throws(() => webhook.verifySignature(flip(payload, bit), signature), refused("signature_mismatch"));
  },
);

property(
  "any changed bit of the signature is refused",
  provider,
  secret,
  payload,
  bit,
  (provider, secret, payload, bit) => {
    const webhook = new Webhook(provider, secret);
    const signature = webhook.sign(payload);
    const changed = String.fromCharCode(...flip(new TextEncoder().encode(signature), bit));
    // But for the bit that makes a hex digit's case.
    fc.pre(changed.toLowerCase() !== signature || !changed.startsWith(signature.slice(0, -64)));
    assert.throws(() => webhook.verifySignature(payload, changed), WebhookError);
  },
);

property(
  "any changed bit of the secret is refused",
  provider,
  secret,
  payload,
  bit,
  (provider, secret, payload, bit) => {
    const other = flip(secret, bit);
    // HMAC pads a key with NULs: keys that differ in those alone are one key.
    const trimmed = (bytes) => bytes.slice(0, bytes.findLastIndex(Boolean) + 1).join();
    fc.pre(other.some(Boolean) && trimmed(other) !== trimmed(secret));
    const signature = new Webhook(provider, secret).sign(payload);
    assert.throws(
      () => new Webhook(provider, other).verifySignature(payload, signature),
      refused("signature_mismatch"),
    );
  },
);

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});

property(
  "nothing undeclared is thrown",
  anything,
  anything,
  anything,
  anything,
  (provider, secrets, payload, headers) => {
    const webhook = new Webhook("loop", "secret");
    for (const call of [
      () => new Webhook(provider, "secret"),
      () => new Webhook("glycanage", secrets),
      () => webhook.verify(payload, headers),
      () => webhook.verifySignature(payload, headers),
      () => webhook.verify(payload, { [webhook.signatureHeader]: headers }),
      () => webhook.sign(payload),
    ]) {
      try {
        call();
      } catch (error) {
        assert(error instanceof WebhookError, error);
        assert(!error.message.includes("\n"));
      }
    }
  },
);

property("no signed body throws anything undeclared", fc.oneof(fc.string(), fc.json(), payload), (payload) => {
  const webhook = new Webhook("loop", "secret");
  try {
    webhook.verify(payload, webhook.sign(payload));
  } catch (error) {
    assert(error instanceof WebhookError, error);
    assert.match(error.code, /^(malformed_json|invalid_event)$/);
  }
});
