// Express on many machines, which share what they have handled by way of Redis.
import express from "express";
import { Webhook } from "hookseal";
import { receiver } from "hookseal/express";
import { RedisStore } from "hookseal/redis";
import { createClient } from "redis";

const { HOST = "", PORT = "3000", REDIS_URL = "redis://127.0.0.1:6379", GLYCANAGE_WEBHOOK_SECRET = "" } = process.env;

// While Redis is away the sender hears 503 and comes again, so nothing is queued here; and Redis is soon found again.
const redis = createClient({ url: REDIS_URL, disableOfflineQueue: true, socket: { reconnectStrategy: () => 200 } });
redis.on("error", (error) => console.error("redis:", error.message));
await redis.connect();

const store = new RedisStore(
  (script, key, parameters) => redis.eval(script, { keys: [key], arguments: parameters }),
  { name: "glycanage" }, // every receiver has a name of its own
);

const receive = receiver(
  new Webhook("glycanage", GLYCANAGE_WEBHOOK_SECRET),
  async (event) => {
    console.log("received", event.type);
  },
  { store },
);

const app = express();
app.post("/webhooks/glycanage", receive);
app.listen(Number(PORT), HOST);
