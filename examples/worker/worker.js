import { Webhook, WebhookError } from "hookseal";

export default {
  /**
   * @param {Request} request
   * @param {{ LOOP_WEBHOOK_SECRET: string, GLYCANAGE_WEBHOOK_SECRET: string }} env
   */
  async fetch(request, env) {
    switch (`${request.method} ${new URL(request.url).pathname}`) {
      case "POST /webhooks/loop":
        return receive(request, new Webhook("loop", env.LOOP_WEBHOOK_SECRET));
      case "POST /webhooks/glycanage":
        return receive(request, new Webhook("glycanage", env.GLYCANAGE_WEBHOOK_SECRET));
      default:
        return new Response("Not Found", { status: 404 });
    }
  },
};

/**
 * @param {Request} request
 * @param {Webhook} webhook
 */
async function receive(request, webhook) {
  const payload = await request.arrayBuffer();
  try {
    const event = webhook.verify(payload, request.headers);
    console.log("received", event.type);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    return new Response(error.code, { status: error.status ?? 500 });
  }
  return new Response("OK");
}
