/** Any JSON value. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = { [name: string]: JsonValue };

/**
 * What an authentic payload says.
 *
 * Its JSON is the whole event, for queues. Logging or inspecting it shows no health data.
 */
export interface Event {
  /** Who sent it: `loop` or `glycanage`. */
  readonly provider: string;
  /** The event's type, as sent. */
  readonly type: string;
  /** Whether the type is in the provider's catalogue. Types that are not pass all the same: providers add new ones. */
  readonly known: boolean;
  /** The id inside the signed body, if it has one; an integer id is its decimal text. */
  readonly id: string | undefined;
  /** When the event occurred, if the signed body says so. */
  readonly occurredAt: Date | undefined;
  /** The whole body. */
  readonly body: JsonObject;
  /** The idempotency key, from signed bytes only: equal for every delivery of this event. */
  readonly key: string;
  /** The label of the secret that matched, or its index as text, so that an old one can be retired on evidence. */
  readonly secret: string;
}

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
export function assemble(provider: string, head: Head, body: JsonObject, secret: string): Event {
  return {
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
}
