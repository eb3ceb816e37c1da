// Receivers, as typed as their users want them.
import {
  MemoryStore,
  Receiver,
  Webhook,
  type Claim,
  type DeliveryRecord,
  type EventError,
  type Handler,
  type Outcome,
  type Reply,
  type Session,
  type Store,
  type TransactionalStore,
} from "hookseal";
import { receiver } from "hookseal/express";

const webhook = new Webhook("glycanage", "secret");
const store: Store = new MemoryStore({ bound: 1000 });
const claim: Claim | PromiseLike<Claim> = store.claim("key", "token", 1000, 0);
const records: DeliveryRecord[] = [];

const receive = receiver(
  webhook,
  async (event, context) => {
    const none: undefined = context.tx;
    if (event.type === "report-ready") return event.data.reportId;
    return none;
  },
  {
    store,
    maxPayload: 1024,
    deadline: 1000,
    lease: 2000,
    retention: 3_600_000,
    maxAge: 60_000,
    key: (event) => `${event.type} ${event.key}`,
    observe: (record) => records.push(record),
    onInvalid: async (error: EventError, payload: Uint8Array) => [error.problems, payload.length],
  },
);

interface Transaction {
  query(text: string): Promise<void>;
}
const session: Session<Transaction> = Object.assign(new MemoryStore(), { tx: { query: async () => {} } });
const transactional: TransactionalStore<Transaction> = { begin: async () => session };
receiver(webhook, (_, { tx }) => tx.query("insert"), { store: transactional });

const handler: Handler<unknown, unknown> = () => undefined;
const own = new Receiver(webhook, handler, { store });
const reply: Promise<Reply> = own.deliver({ method: "GET", headers: {}, read: () => undefined });
const outcome: Outcome = (await reply).outcome;
if (outcome !== "not_post" || claim === undefined || typeof receive !== "function") throw new Error(outcome);
