import express from "express";
import { Webhook, WebhookError } from "hookseal";

const { HOST, PORT = 3000, LOOP_WEBHOOK_SECRET, GLYCANAGE_WEBHOOK_SECRET } = process.env;

const app = express();

// Before any express.json(): what is signed is the raw body, whatever its type, as it came over the wire.
app.use("/webhooks", express.raw({ type: () => true, inflate: false, limit: "1mb" }));

app.post("/webhooks/loop", receive(new Webhook("loop", LOOP_WEBHOOK_SECRET)));
app.post("/webhooks/glycanage", receive(new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET)));

function receive(webhook) {
  return (req, res) => {
    // Express leaves the body undefined where a request has none.
    const event = webhook.verify(req.body ?? "", req.headers);
    console.log("received", event.type);
    res.sendStatus(200);
  };
}

app.use((error, req, res, next) => {
  if (!(error instanceof WebhookError)) return next(error);
  res.status(error.status).type("text").send(error.code);
});

app.listen(PORT, HOST);
