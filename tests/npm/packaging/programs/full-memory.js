// Payloads that are not too large for hookseal, but may be for the host; after each, one that fits wherever an instance
// has not been left half full.
import { MemoryStore, Webhook, WebhookError } from "hookseal";

const webhook = new Webhook("loop", "It's a Secret to Everybody");
const MiB = 1024 * 1024;

const large = new Uint8Array(16 * MiB);
const wrong = "0".repeat(64);
/** Read, it takes many times its own size. */
const crowded = `{"type":"protocol.started","sets":[${"0,".repeat(4 * MiB)}0]}`;
const right = webhook.sign(crowded);

const attempt = (call) => {
  try {
    return call();
  } catch (error) {
    return error instanceof WebhookError ? error.code : String(error);
  }
};

const calls = {
  sign: () => webhook.sign(large),
  "verify the signature": () => webhook.verifySignature(large, wrong),
  "verify and find it forged": () => webhook.verify(large, wrong),
  "verify and read": () => webhook.verify(crowded, right).type,
};

/** Its keys went with the instance, as they would with a process; its calls must not go astray in the next one. */
const store = new MemoryStore();
const claims = () => ["claimed", "in_progress"].includes(attempt(() => store.claim("key", "token", 1000, 0).state));

const rounds = Object.entries(calls).map(([name, call]) => {
  const first = attempt(call);
  return [name, { first, then: attempt(() => webhook.sign(crowded)) === right && claims() }];
});
console.log(JSON.stringify(Object.fromEntries(rounds)));
