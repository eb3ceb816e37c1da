import express from "express";
import { MemoryStore, Webhook } from "hookseal";
import { receiver } from "hookseal/express";

const { HOST = "", PORT = "3000", LOOP_WEBHOOK_SECRET = "", GLYCANAGE_WEBHOOK_SECRET = "" } = process.env;

const loop = new Webhook("loop", LOOP_WEBHOOK_SECRET);
const glycanage = new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET);

const receiveLoop = receiver(
  loop,
  async (event) => {
    console.log("received", event.type);
  },
  { store: new MemoryStore() },
);

const receiveGlycanage = receiver(
  glycanage,
  async (event) => {
    if (event.type === "report-ready") console.log("the report is ready:", event.data.reportId);
    else console.log("received", event.type);
  },
  { store: new MemoryStore() },
);

const app = express();
// Before any express.json(): what is signed is the raw body, which a receiver reads itself.
app.post("/webhooks/loop", receiveLoop);
app.post("/webhooks/glycanage", receiveGlycanage);
app.listen(Number(PORT), HOST);
