// The forms of a delivery's headers and body where there is fetch.
import { Webhook } from "hookseal";

const webhook = new Webhook("loop", "secret");
const signature = webhook.sign("{}");

const headers = new Headers({ [webhook.signatureHeader]: signature });
webhook.verifySignature("{}", headers);
webhook.verifySignature("{}", headers.entries());

const request = new Request("http://receiver/", { method: "POST", headers, body: "{}" });
webhook.verifySignature(await request.clone().text(), request.headers);
webhook.verifySignature(await request.arrayBuffer(), request.headers);
