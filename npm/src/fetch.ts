/**
 * The receiver for whatever answers a `Request` with a `Response`: Workers, Hono, Deno, Bun, Next.
 *
 * @packageDocumentation
 */
import { Receiver, type Context, type Handler, type ReceiverOptions, type Webhook } from "hookseal";
import { Body } from "./body.js";

/** What it needs of a `Request`, whoever's types those are. */
export interface Received {
  readonly method: string;
  readonly headers: { get(name: string): string | null; append(name: string, value: string): unknown };
  readonly bodyUsed: boolean;
  readonly body: { readonly locked: boolean; getReader(): Reader } | null;
}

interface Reader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/** The host's own `Response`. */
export type Answer = typeof globalThis extends { Response: new (...args: any[]) => infer R } ? R : unknown;

/** What a Worker gives beside the request; `undefined` elsewhere. */
export interface WorkerContext<Env = any> {
  /** The Worker's bindings. */
  readonly env: Env;
  /** The Worker's own context, with its `waitUntil`. */
  readonly ctx: any;
}

/**
 * A function from request to response that lets `handler` have each event once, and answers as the sender expects. In a
 * Worker it is the `fetch` handler itself, and a handler that outlives its deadline goes on by `ctx.waitUntil`.
 *
 * @throws {@link ConfigError} `invalid_option`
 *
 * @example
 * ```js
 * import { MemoryStore, Webhook } from "hookseal";
 * import { receiver } from "hookseal/fetch";
 * import { delivery, sample } from "hookseal/tools";
 *
 * const webhook = new Webhook("loop", "a secret");
 * const receive = receiver(webhook, (event) => console.log(event.type), { store: new MemoryStore() }); // protocol.started
 *
 * const request = { method: "POST", ...delivery(webhook, sample("loop", "protocol.started")) };
 * const response = await receive(new Request("https://example.com/webhooks/loop", request));
 * console.log(response.status); // 200
 * ```
 */
export function receiver<E, Tx = undefined>(
  webhook: Webhook<any, E>,
  handler: Handler<E, Context<Tx> & WorkerContext>,
  options: ReceiverOptions<E, Tx>,
): (request: Received, env?: unknown, ctx?: unknown) => Promise<Answer> {
  const receiver = new Receiver<E, Tx, WorkerContext>(webhook, handler, options);
  return async (request, env, ctx: any) => {
    let reader: Reader | undefined;
    const { status, body, headers } = await receiver.deliver({
      method: request.method,
      headers: request.headers,
      read: (limit) => {
        if (request.bodyUsed || request.body?.locked) return undefined;
        reader = request.body?.getReader();
        return read(reader, limit);
      },
      abandon: () => stop(reader),
      context: { env, ctx },
      background: (rest) => ctx?.waitUntil?.(rest),
      place: "fetch",
    });
    return new Response(body, { status, headers });
  };
}

async function read(reader: Reader | undefined, limit: number): Promise<Uint8Array> {
  const body = new Body(limit);
  while (reader) {
    const { done, value } = await reader.read();
    if (done || !value || !body.push(value)) break;
  }
  stop(reader);
  return body.bytes();
}

/** Not waited for: what else arrives is not looked at. */
function stop(reader: Reader | undefined): void {
  reader?.cancel().catch(() => {});
}
