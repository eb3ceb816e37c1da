// A receiver.
import express from "express";
import { MemoryStore, Webhook } from "hookseal";
import { receiver } from "hookseal/express";

const webhook = new Webhook("glycanage", process.env.SECRET);
const app = express();
app.post(
  "/",
  receiver(webhook, () => {}, { store: new MemoryStore() }),
);
app.get("/memory", (_, res) => res.json(process.memoryUsage()));
app.listen(Number(process.env.PORT), "127.0.0.1");
