// Who sends: each provider's header, its prefix, and a secret that only this run knows.
import { createHmac, randomBytes } from "node:crypto";

const senders = [
  { provider: "loop", header: "X-Loop-Signature", prefix: "", variable: "LOOP_WEBHOOK_SECRET" },
  {
    provider: "glycanage",
    header: "X-GlycanAge-Signature",
    prefix: "sha256=",
    variable: "GLYCANAGE_WEBHOOK_SECRET",
  },
];

const freshSecret = () => randomBytes(32).toString("hex");

export function freshSenders() {
  return senders.map((sender) => ({ ...sender, secret: freshSecret() }));
}

/** The same sender to look at, but one who does not know the secret. */
export function impostor(sender) {
  return { ...sender, secret: freshSecret() };
}

/** The header's value, by Node's own HMAC: hookseal must not be the judge of itself. */
export function sign({ prefix, secret }, body) {
  return prefix + createHmac("sha256", secret).update(body).digest("hex");
}
