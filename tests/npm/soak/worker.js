// A worker: a receiver whose handler takes a moment before its effect and a moment after it, so that a kill may fall anywhere.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "hookseal";
import { receiver } from "hookseal/express";
import { protocols } from "./protocols.js";

const { protocol, port, secret, lease, ...where } = JSON.parse(process.argv[2]);
const { store, effect } = await protocols[protocol](where);

const receive = receiver(
  new Webhook("loop", secret),
  async (event, context) => {
    await sleep(1);
    await effect(event.id, context);
    await sleep(0);
  },
  { store, lease, deadline: lease - 100, observe: () => {} },
);
createServer(receive).listen(port, "127.0.0.1");
