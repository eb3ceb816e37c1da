// Hono, on Node.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { receiver } from "hookseal/fetch";
import { scenarioRoutes } from "./routes.js";

const { log, routes } = scenarioRoutes(receiver, process.env);

const app = new Hono();
app.get("/log", (c) => c.json(log));
app.use("/parsed", async (c, next) => {
  await c.req.raw.text();
  await next();
});
for (const [path, receive] of routes) app.all(path, (c) => receive(c.req.raw));
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
