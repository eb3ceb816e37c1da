// The receiver for `fetch`, where the host has a Request.
import { MemoryStore, Webhook } from "hookseal";
import { receiver } from "hookseal/fetch";

const webhook = new Webhook("loop", "secret");
const receive = receiver(webhook, (event, { env, ctx }) => [event.type, env, ctx], { store: new MemoryStore() });
const response: Response = await receive(new Request("http://localhost/", { method: "PUT" }));
if (response.status !== 405) throw new Error(String(response.status));
