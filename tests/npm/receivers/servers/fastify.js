// Fastify, with the receiver for node:http: as the README says, in a hook that runs before any body parser.
import fastify from "fastify";
import { receiver } from "hookseal/express";
import { scenarioRoutes } from "./routes.js";

const { log, routes } = scenarioRoutes(receiver, process.env);

const app = fastify();
app.get("/log", () => log);
for (const [path, receive] of routes) {
  const hook = path === "/parsed" ? "preHandler" : "onRequest";
  const answer = async (request, reply) => {
    reply.hijack();
    await receive(request.raw, reply.raw);
  };
  app.all(path, { [hook]: answer }, () => {});
}
await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
