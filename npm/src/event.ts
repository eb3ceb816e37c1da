import type { JsonObject, Provider } from "./events.js";

/** An event as the core gives it: without its body, and with the secret's index for its label. */
export class Head {
  constructor(
    readonly type: string,
    readonly known: boolean,
    readonly id: string | undefined,
    readonly occurredAt: number | undefined,
    readonly key: string,
    readonly secret: string,
  ) {}
}

/** Accessors, because inspection and `console.log` do not look behind them, while JSON, spreads and clones do. */
export function assemble<E>(provider: Provider, head: Head, body: JsonObject, secret: string): E {
  const event = {
    get provider() {
      return provider;
    },
    get type() {
      return head.type;
    },
    get known() {
      return head.known;
    },
    get id() {
      return head.id;
    },
    get occurredAt() {
      return head.occurredAt === undefined ? undefined : new Date(head.occurredAt);
    },
    get data() {
      return head.known ? body.data : undefined;
    },
    get body() {
      return body;
    },
    get key() {
      return head.key;
    },
    get secret() {
      return secret;
    },
  };
  // The core has checked that the data is of the type's shape.
  return event as unknown as E;
}
