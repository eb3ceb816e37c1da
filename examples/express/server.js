import express from "express";
import { Webhook, WebhookError } from "hookseal";

const { HOST = "", PORT = "3000", LOOP_WEBHOOK_SECRET = "", GLYCANAGE_WEBHOOK_SECRET = "" } = process.env;

const webhooks = {
  "/webhooks/loop": new Webhook("loop", LOOP_WEBHOOK_SECRET),
  "/webhooks/glycanage": new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET),
};

const app = express();

// Before any express.json(): what is signed is the raw body, whatever its type, as it came over the wire.
const raw = express.raw({ type: () => true, inflate: false, limit: "1mb" });

for (const [path, webhook] of Object.entries(webhooks)) {
  app.post(path, raw, (req, res) => {
    try {
      // Express leaves the body undefined where a request has none.
      const event = webhook.verify(req.body ?? "", req.headers);
      console.log("received", event.type);
      res.sendStatus(200);
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      res
        .status(error.status ?? 500)
        .type("text")
        .send(error.code);
    }
  });
}

app.listen(Number(PORT), HOST);
