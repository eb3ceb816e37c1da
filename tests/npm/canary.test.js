// Nothing is told: no secret, digest or payload in anything that may end up in a log.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import util from "node:util";
import { Webhook, WebhookError } from "hookseal";

const secret = "canary-secret-7f3a";
const health = "canary-glycan-age-45.2";
const body = JSON.stringify({ type: health, id: health, [health]: health });
const webhook = new Webhook("loop", { label: secret });
const digest = webhook.sign(body);
const another = `${health}!`;
const malformed = `{"${health}":"${health}","${health}":1}`;
const invalid = `{"type":["${health}"],"id":"","${health}":1}`;
/** What the core computed for any of them must not show either, in any spelling. */
const digests = [body, another, malformed, invalid].flatMap((body) => {
  const bytes = Buffer.from(webhook.sign(body), "hex");
  return ["hex", "base64", "base64url"].map((spelling) => bytes.toString(spelling).slice(0, 16).toLowerCase());
});
const canaries = [secret, health, ...digests, "7f3a", "45.2"];

const deep = { depth: Infinity, showHidden: true };
const shown = (thing) => [
  String(thing),
  util.inspect(thing),
  util.inspect(thing, deep),
  util.inspect(thing, { ...deep, customInspect: false }),
  util.format("%s %o %O %j", thing, thing, thing, thing),
];

function tellsNothing(texts) {
  for (const text of texts) for (const canary of canaries) assert(!text.toLowerCase().includes(canary), text);
}

const signed = (body) => webhook.verify(body, webhook.sign(body));

const failures = {
  unknown_provider: () => new Webhook(secret, secret),
  invalid_secret: () => new Webhook("loop", ` ${secret} `),
  payload_not_raw: () => webhook.verify({ [health]: health }, digest),
  payload_too_large: () => webhook.verify(health.repeat(1_000_000), digest),
  missing_signature: () => webhook.verify(body, { [health]: secret }),
  repeated_signature: () => webhook.verify(body, `${digest},${digest}`),
  malformed_signature: () => webhook.verify(body, secret),
  signature_mismatch: () => webhook.verify(another, digest),
  malformed_json: () => signed(malformed),
  invalid_event: () => signed(invalid),
};

describe("errors tell nothing", () => {
  for (const [code, failure] of Object.entries(failures)) {
    test(code, () => {
      assert.throws(failure, (error) => {
        assert(error instanceof WebhookError);
        assert.equal(error.code, code);
        assert.equal(error.cause, undefined);
        // But for the stack, where this very file's lines are shown as they are.
        const lines = shown(error).map((text) => text.replaceAll(/^ +at .*$/gm, ""));
        tellsNothing([
          ...lines,
          error.message,
          JSON.stringify(error),
          JSON.stringify(Object.getOwnPropertyDescriptors(error)),
        ]);
        return true;
      });
    });
  }
});

test("a webhook tells nothing, nor does its JSON", () => {
  tellsNothing([...shown(webhook), JSON.stringify(webhook), JSON.stringify({ ...webhook })]);
});

test("an event tells nothing, but its JSON is the event", () => {
  const event = webhook.verify(body, digest);
  assert.equal(event.type, health);
  tellsNothing(shown(event).slice(0, 4));
  assert(JSON.stringify(event).includes(health));
});
