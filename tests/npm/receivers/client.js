// A sender: signs by Node's own HMAC, sends by node:http, and is as slow, as rude or as odd as a scenario wants.
import { createHash } from "node:crypto";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { sign } from "../demo/senders.js";

/** An event of Loop's; its id and `data` are the scenario's. */
export const event = (id, data, more) => JSON.stringify({ type: "protocol.started", id, data, ...more });

/** The key under which an event of this id is claimed, as records show it. */
export const keyOf = (id) => createHash("sha256").update(`loop:id:${id}`).digest("hex");

export class Client {
  constructor(server, senders) {
    this.server = server;
    this.senders = senders;
  }

  /** The signature's header for a body. */
  signed(body, sender = this.senders.loop) {
    return { [sender.header]: sign(sender, body) };
  }

  /** Posts a body, signed unless told; gives the status and body of the reply in one line. */
  async post(path, body, options) {
    const { status, text } = await this.send(path, body, options);
    return `${status} ${text}`;
  }

  /**
   * Sends, and gives `{ status, text, headers }`. `chunks` are written one by one, with `pause` ms between them, instead of the
   * body, which is what is signed all the same; with `end: false` the request is left open.
   */
  async send(
    path,
    body,
    { method = "POST", headers, sender, chunks = [body], pause = 0, end = true, signal, agent = false } = {},
  ) {
    const all = { "Content-Type": "application/json", ...this.signed(body, sender), ...headers };
    const outgoing = request({
      host: "127.0.0.1",
      port: this.server.port,
      path,
      method,
      headers: all,
      agent,
      signal,
    });
    const response = new Promise((resolve, reject) => {
      outgoing.on("response", (incoming) => {
        const parts = [];
        incoming.on("data", (part) => parts.push(part));
        incoming.on("error", reject);
        incoming.on("end", () => {
          // Whether a connection of an agent's can be used again is for the agent to say.
          if (!agent) outgoing.destroy();
          const { statusCode: status, headers } = incoming;
          resolve({ status, headers, text: Buffer.concat(parts).toString() });
        });
      });
      outgoing.on("error", reject);
      outgoing.setTimeout(20_000, () => outgoing.destroy(new Error("no answer within 20 s")));
    });
    response.catch(() => {});
    for (const [at, chunk] of chunks.entries()) {
      if (at > 0) await sleep(pause);
      outgoing.write(chunk);
    }
    if (end) outgoing.end();
    return response;
  }

  /** Sends half of a signed body, then hangs up. */
  async hangUp(path, body) {
    const hungUp = new AbortController();
    const options = { chunks: [body.slice(0, body.length / 2)], end: false, signal: hungUp.signal };
    const sent = this.send(path, body, { ...options, headers: { "Content-Length": String(body.length) } });
    await sleep(200);
    hungUp.abort();
    await sent.catch(() => {});
  }

  /** All that the server's handlers and observers had so far. */
  async log() {
    const { text } = await this.send("/log", "", { method: "GET" });
    return JSON.parse(text);
  }

  /** What became of one event: its handler `runs`, it `ran` to its end, and how each delivery ended. */
  async story(id) {
    const key = keyOf(id);
    const told = (await this.log()).map((entry) => {
      if (entry.handled === id) return "runs";
      if (entry.finished === id) return "ran";
      return entry.observed?.key === key ? entry.observed.outcome : undefined;
    });
    return told.filter(Boolean);
  }

  /** The same, once it ends so: what goes on in the background is waited for. */
  async storyOnce(id, last, length = 1) {
    for (let tries = 0; tries < 200; tries++) {
      const story = await this.story(id);
      if (story.at(-1) === last && story.length >= length) return story;
      await sleep(50);
    }
    return this.story(id);
  }
}
