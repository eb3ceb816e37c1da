// What TypeScript makes of `require` where Node's own rules hold.
import hookseal = require("hookseal");

const webhook: hookseal.Webhook = new hookseal.Webhook("loop", "secret");
webhook.verifySignature("{}", webhook.sign("{}"));
