// The forms of a delivery's headers and body in Node.
import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Webhook } from "hookseal";

const webhook = new Webhook("loop", Buffer.from("secret"));
const payload = Buffer.from("{}");

const headers: IncomingHttpHeaders = { "x-loop-signature": webhook.sign(payload) };
webhook.verifySignature(payload, headers);

export const verify = (request: IncomingMessage, chunks: Buffer[]) => [
  webhook.verify(Buffer.concat(chunks), request.headers),
  webhook.verify(Buffer.concat(chunks), request.headersDistinct),
];
