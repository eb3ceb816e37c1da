// A Worker.
import { env } from "cloudflare:workers";
import { receiver } from "hookseal/fetch";
import { scenarioRoutes } from "./routes.js";

const { log, routes } = scenarioRoutes(receiver, env);

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const receive = routes.get(pathname);
    if (!receive) return Response.json(log);
    if (pathname === "/parsed") await request.text();
    return receive(request, env, ctx);
  },
};
