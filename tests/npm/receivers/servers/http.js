// Bare node:http.
import { createServer } from "node:http";
import { receiver } from "hookseal/express";
import { scenarioRoutes } from "./routes.js";

const { log, routes } = scenarioRoutes(receiver, process.env);

createServer((req, res) => {
  const receive = routes.get(req.url);
  if (receive) receive(req, res);
  else res.end(JSON.stringify(log));
}).listen(Number(process.env.PORT), "127.0.0.1");
