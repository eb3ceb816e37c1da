import { env } from "cloudflare:workers";
import { MemoryStore, Webhook } from "hookseal";
import { receiver } from "hookseal/fetch";

const { LOOP_WEBHOOK_SECRET, GLYCANAGE_WEBHOOK_SECRET } = /** @type {Record<string, string>} */ (env);

const receiveLoop = receiver(
  new Webhook("loop", LOOP_WEBHOOK_SECRET),
  async (event) => {
    console.log("received", event.type);
  },
  { store: new MemoryStore() },
);

const receiveGlycanage = receiver(
  new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET),
  async (event) => {
    if (event.type === "report-ready") console.log("the report is ready:", event.data.reportId);
    else console.log("received", event.type);
  },
  { store: new MemoryStore() },
);

export default {
  /**
   * @param {Request} request
   * @param {unknown} env
   * @param {unknown} ctx
   */
  async fetch(request, env, ctx) {
    switch (new URL(request.url).pathname) {
      case "/webhooks/loop":
        return receiveLoop(request, env, ctx);
      case "/webhooks/glycanage":
        return receiveGlycanage(request, env, ctx);
      default:
        return new Response("Not Found", { status: 404 });
    }
  },
};
