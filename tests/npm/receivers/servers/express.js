// Express: 5, or 4 where the first argument says so.
import { receiver } from "hookseal/express";
import { scenarioRoutes } from "./routes.js";

const { default: express } = await import(process.argv[2] ?? "express");
const { log, routes } = scenarioRoutes(receiver, process.env);

const app = express();
app.use("/parsed", express.json());
app.get("/log", (_, res) => res.json(log));
for (const [path, receive] of routes) app.all(path, receive);
app.listen(Number(process.env.PORT), "127.0.0.1");
