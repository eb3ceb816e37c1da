// One delivery. By node:http and not fetch, which would join, trim or refuse the very headers that matter here.
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What a server answers, in one line: `200 handled`, `401 refused`. */
export async function deliver({ provider, body, headers }, server) {
  try {
    const { status, text } = await send(server.port, { method: "POST", path: `/webhooks/${provider}`, headers }, body);
    return `${status} ${text.split("\n", 1)[0].slice(0, 40)}`;
  } catch (error) {
    throw new Error(`${server.name} did not answer: ${error.message}\n${server.output()}`);
  }
}

/** Waits until something answers there. */
export async function answering(port, signal) {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await send(port, { path: "/", signal });
    } catch {
      await sleep(50);
    }
  }
}

function send(port, options, body) {
  return new Promise((resolve, reject) => {
    // No agent: a connection kept alive would delay the server's end.
    const outgoing = request({ host: "127.0.0.1", port, agent: false, timeout: 10_000, ...options }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 10 s")));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
