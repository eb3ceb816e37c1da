// What receivers do who follow the senders' guides: the raw body, an HMAC, a comparison of texts, and a set of what was seen.
import { createHmac } from "node:crypto";
import express from "express";

const seen = new Set();
const app = express();
app.use(express.raw({ type: "application/json" }));
app.post("/", (req, res) => {
  const digest = createHmac("sha256", process.env.SECRET).update(req.body).digest("hex");
  if (req.headers["x-glycanage-signature"] !== `sha256=${digest}`) return res.status(401).send("refused");
  const event = JSON.parse(req.body.toString());
  const key = event.id || `${event.type}-${event.timestamp}`;
  if (seen.has(key)) return res.status(200).send("seen");
  seen.add(key);
  res.status(200).send("OK");
});
app.get("/memory", (_, res) => res.json(process.memoryUsage()));
app.listen(Number(process.env.PORT), "127.0.0.1");
