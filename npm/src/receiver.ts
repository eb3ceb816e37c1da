import type { Delivery } from "./delivery.js";
import { settings, type Context, type Handler, type ReceiverOptions, type Settings } from "./options.js";
import type { Reply } from "./reply.js";
import { Run } from "./run.js";
import type { Webhook } from "./webhook.js";

/**
 * What adapters are made of: verifies a delivery, lets the handler have its event once, and says how to answer. For
 * frameworks that hookseal has no adapter for; else take `hookseal/express` or `hookseal/fetch`.
 *
 * @example
 * ```js
 * import { MemoryStore, Receiver, Webhook } from "hookseal";
 * import { delivery, sample } from "hookseal/tools";
 *
 * const webhook = new Webhook("glycanage", "a secret of 32 characters or more");
 * const receiver = new Receiver(webhook, (event) => console.log(event.type), { store: new MemoryStore() }); // kit-received
 *
 * const { body, headers } = delivery(webhook, sample("glycanage", "kit-received"));
 * const read = () => new TextEncoder().encode(body);
 * const reply = await receiver.deliver({ method: "POST", headers, read });
 * const again = await receiver.deliver({ method: "POST", headers, read });
 * console.log(reply.status, reply.outcome, again.status, again.outcome); // 200 handled 200 duplicate
 * ```
 */
export class Receiver<E, Tx = undefined, Extra = unknown> {
  readonly #settings: Settings;

  /**
   * @throws {@link ConfigError} `invalid_option`
   */
  constructor(webhook: Webhook<any, E>, handler: Handler<E, Context<Tx> & Extra>, options: ReceiverOptions<E, Tx>) {
    this.#settings = settings(webhook, handler, options);
  }

  /** What to answer to one delivery. It throws nothing: whatever goes wrong has a reply. */
  deliver(delivery: Delivery<Extra>): Promise<Reply> {
    return new Run(this.#settings, delivery).reply();
  }
}
