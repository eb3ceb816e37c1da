/**
 * The receiver for Express, Connect, and bare `node:http`.
 *
 * @packageDocumentation
 */
import { Receiver, type Context, type Handler, type ReceiverOptions, type Webhook } from "hookseal";
import { Body } from "./body.js";

/** What it needs of Node's `IncomingMessage`. */
export interface Incoming {
  readonly method?: string | undefined;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly readableDidRead: boolean;
  readonly readableEnded: boolean;
  readonly readableEncoding: string | null;
  readonly destroyed: boolean;
  on(event: string, listener: (...args: any[]) => void): unknown;
  off(event: string, listener: (...args: any[]) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** What it needs of Node's `ServerResponse`. */
export interface Outgoing {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/**
 * A handler of requests that lets `handler` have each event once, and answers as the sender expects. It reads the body
 * itself, so it needs no body parser; a `Buffer` that `express.raw()` made before it will do.
 *
 * @throws {@link ConfigError} `invalid_option`
 *
 * @example
 * ```js
 * import { createServer } from "node:http";
 * import { MemoryStore, Webhook } from "hookseal";
 * import { receiver } from "hookseal/express";
 * import { delivery, sample } from "hookseal/tools";
 *
 * const webhook = new Webhook("loop", "a secret");
 * const receive = receiver(webhook, (event) => console.log(event.type), { store: new MemoryStore() }); // protocol.started
 * const server = createServer(receive).listen(0, async () => {
 *   const url = `http://127.0.0.1:${server.address().port}`;
 *   const response = await fetch(url, { method: "POST", ...delivery(webhook, sample("loop", "protocol.started")) });
 *   console.log(response.status); // 200
 *   server.close();
 * });
 * ```
 */
export function receiver<E, Tx = undefined>(
  webhook: Webhook<any, E>,
  handler: Handler<E, Context<Tx>>,
  options: ReceiverOptions<E, Tx>,
): (req: Incoming, res: Outgoing) => Promise<void> {
  const receiver = new Receiver(webhook, handler, options);
  return async (req, res) => {
    const { method = "", headers } = req;
    const reply = await receiver.deliver({ method, headers, read: (limit) => read(req, limit), place: "express" });
    if (res.headersSent) return;
    res.statusCode = reply.status;
    for (const name of Object.keys(reply.headers)) res.setHeader(name, reply.headers[name] as string);
    res.end(reply.body);
  };
}

/** The body, or what is left of it where somebody read it before. A stream that was drained would never end. */
function read(req: Incoming & { body?: unknown }, limit: number): unknown {
  if (req.readableDidRead || req.readableEnded) return req.body;
  // Somebody asked for text, which is what `data` would give.
  if (req.readableEncoding !== null) return "";
  return new Promise((resolve, reject) => {
    const body = new Body(limit);
    const settle = (end: () => void) => {
      for (const [name, listener] of Object.entries(listeners)) req.off(name, listener);
      req.pause();
      end();
    };
    const onEnd = () => settle(() => resolve(body.bytes()));
    const onClose = () => settle(() => reject(new Error("the connection closed before the whole body was there")));
    const onData = (chunk: Uint8Array) => {
      if (!body.push(chunk)) onEnd();
    };
    const listeners = { data: onData, end: onEnd, error: onClose, close: onClose };
    if (req.destroyed) onClose();
    else {
      for (const [name, listener] of Object.entries(listeners)) req.on(name, listener);
      // Whatever ran before may have paused it.
      req.resume();
    }
  });
}
