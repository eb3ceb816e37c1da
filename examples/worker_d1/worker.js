// A Worker that writes to D1: what a handler adds and the claim of the event are committed together.
import { env } from "cloudflare:workers";
import { Webhook } from "hookseal";
import { receiver } from "hookseal/fetch";
import { D1Transactions } from "hookseal/sql";

const { DB, GLYCANAGE_WEBHOOK_SECRET } = /** @type {any} */ (env);

const receive = receiver(
  new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET),
  (event, { tx }) => {
    if (event.type !== "report-ready") return;
    const { reportId, kitCode = null } = event.data;
    tx.add(DB.prepare("INSERT INTO reports (id, kit) VALUES (?1, ?2)").bind(reportId, kitCode));
  },
  { store: new D1Transactions(DB, { name: "glycanage" }) },
);

export default {
  /**
   * @param {Request} request
   * @param {unknown} env
   * @param {unknown} ctx
   */
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    return pathname === "/webhooks/glycanage" ? receive(request, env, ctx) : new Response("Not Found", { status: 404 });
  },
};
