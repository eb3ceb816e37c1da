// A sender as the guides describe it: at least once, again until it hears a 2xx, and now and then the same event twice, at the same
// time or later, to any worker.
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const agent = new Agent({ keepAlive: true });

function post(port, body, signature) {
  return new Promise((resolve) => {
    const headers = { "X-Loop-Signature": signature, "Content-Length": Buffer.byteLength(body) };
    const outgoing = request(
      { host: "127.0.0.1", port, method: "POST", headers, agent, timeout: 10_000 },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode));
        response.on("error", () => resolve(0));
      },
    );
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("error", () => resolve(0));
    outgoing.end(body);
  });
}

/** Delivers events until each has been acknowledged; every third delivery or so is one too many. Gives the ids, and counts. */
export async function send({ deliveries, duplicates = 0.3, secret, ports }) {
  const counts = { deliveries: 0, attempts: 0 };
  const ids = [];
  const deliver = async (id, worker) => {
    const body = JSON.stringify({ type: "protocol.started", id });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    counts.deliveries++;
    for (let attempt = 0; ; attempt++) {
      counts.attempts++;
      const status = await post(ports[(worker + attempt) % ports.length], body, signature);
      if (status >= 200 && status < 300) return;
      await sleep(Math.min(20 * 2 ** attempt, 300));
    }
  };
  // One delivery at a time a worker: so a kill can fall on one effect of it at the most.
  const lane = async (worker) => {
    while (counts.deliveries < deliveries) {
      const id = `evt_${ids.length}`;
      ids.push(id);
      const again = Math.random() < duplicates / (1 - duplicates);
      // Some at the same time, which meets at both workers; some afterwards.
      const twice = again && Math.random() < 0.5;
      await Promise.all([deliver(id, worker), twice && deliver(id, worker + 1)]);
      if (again && !twice) await deliver(id, worker + 1);
    }
  };
  await Promise.all(ports.map((_, worker) => lane(worker)));
  return { ids, ...counts };
}
