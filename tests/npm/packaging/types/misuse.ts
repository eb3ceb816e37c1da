// What the types must refuse: each line is an error, or the compiler complains that it is none.
import { MemoryStore, Webhook, WebhookError, type Event, type Provider, type TransactionalStore } from "hookseal";
import { receiver } from "hookseal/express";

const webhook = new Webhook("loop", "secret");
declare const event: Event;
declare const error: WebhookError;
declare const found: string | undefined;

// @ts-expect-error there is no such provider
new Webhook("stripe", "secret");
// @ts-expect-error nor is any text one
new Webhook("loop" as string, "secret");
// @ts-expect-error a webhook has a secret
new Webhook("loop");
// @ts-expect-error which may be missing in the environment
new Webhook("loop", found);
// @ts-expect-error and is not a number
new Webhook("loop", 42);
// @ts-expect-error nor a list of them
new Webhook("loop", [42]);
// @ts-expect-error nor numbers by label
new Webhook("loop", { "2026-11": 42 });

// @ts-expect-error a parsed body is not the raw one
webhook.verify({ type: "protocol.started" }, "");
// @ts-expect-error nor is no body
webhook.verify(undefined, "");
// @ts-expect-error nor a body that is still to come
webhook.verify(Promise.resolve("{}"), "");
// @ts-expect-error the headers may be empty but not forgotten
webhook.verify("{}");
// @ts-expect-error and are not numbers
webhook.verify("{}", { "x-loop-signature": 42 });
// @ts-expect-error nor one
webhook.verifySignature("{}", 42);
// @ts-expect-error signing needs the raw body as well
webhook.sign({ type: "protocol.started" });

// @ts-expect-error a webhook keeps its provider
webhook.provider = "glycanage" satisfies Provider;
// @ts-expect-error and its header's name
webhook.signatureHeader = "X-Signature";
// @ts-expect-error an event is not changed
event.type = "protocol.started";
// @ts-expect-error not every event has an id
event.id.length;
// @ts-expect-error nor a time
event.occurredAt.getTime();
// @ts-expect-error its body is any JSON, to be looked at before it is used
event.body["sets"].length;
// @ts-expect-error there is no such code
error.code === "bad_signature";
// @ts-expect-error not every error has a status
error.status.toFixed();
// @ts-expect-error a Map-like thing, whose names match in one case only, is no Headers
webhook.verify("{}", { get: (name: string) => name });
// @ts-expect-error what a webhook keeps is private
webhook.prepared;

const store = new MemoryStore();
declare const transactional: TransactionalStore<{ query(text: string): void }>;

// @ts-expect-error the store is the user's to name
receiver(webhook, () => {}, {});
// @ts-expect-error and has to be one
receiver(webhook, () => {}, { store: new Map() });
// @ts-expect-error there is no such option
receiver(webhook, () => {}, { store, maxBody: 1 });
// @ts-expect-error times are in ms
receiver(webhook, () => {}, { store, deadline: "9s" });
// @ts-expect-error a handler gets the events of its webhook alone
receiver(webhook, (event: Event<"glycanage">) => event.key, { store });
// @ts-expect-error without a transaction there is none to write with
receiver(webhook, (_, { tx }) => tx.query("select 1"), { store });
// @ts-expect-error and with one it is what the store has
receiver(webhook, (_, { tx }) => tx.execute("select 1"), { store: transactional });
