// `switch (event.type)` narrows `event.data` exactly, and a type that is not known still has its body.
import { Webhook, type Event, type JsonValue, type ReportReadyData } from "hookseal";
import { catalogue, delivery, deliveryPolicy, sample } from "hookseal/tools";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>) => {};

const glycanage = new Webhook("glycanage", "a secret of 32 characters or more");
const { body, headers } = delivery(glycanage, sample("glycanage", "report-ready", { data: { kitCode: null } }));
const event = glycanage.verify(body, headers);
same<typeof event, Event<"glycanage">>(true);
same<typeof event.provider, "glycanage">(true);

switch (event.type) {
  case "report-ready":
    same<typeof event.data, ReportReadyData>(true);
    same<typeof event.data.reportId, string>(true);
    same<typeof event.data.glycanAge, string | null | undefined>(true);
    // @ts-expect-error another type's member
    event.data.orderId;
    break;
  case "assignment-status-changed":
    for (const set of event.data.sets ?? []) same<typeof set.kitCode, string | null | undefined>(true);
    break;
  case "kit-lost":
    // A type that came after this version: nothing can be had of its data, all of its body.
    same<typeof event.known, false>(true);
    same<typeof event.data, never>(true);
    same<(typeof event.body)["data"], JsonValue>(true);
    break;
}

if (event.known)
  same<typeof event.type, "order-status-changed" | "assignment-status-changed" | "kit-received" | "report-ready">(true);
else same<typeof event.type, string>(true);

export function either(event: Event): string {
  // @ts-expect-error nobody knows yet whose data this is
  event.data.reportId;
  if (event.type === "report-ready") return event.data.reportId;
  if (event.type === "protocol.started") same<typeof event.data, JsonValue | undefined>(true);
  return event.type;
}

const webhooks: Webhook[] = [glycanage, new Webhook("loop", "a secret")];
for (const webhook of webhooks) same<typeof webhook, Webhook>(true);

// @ts-expect-error a type of the other provider's
sample("loop", "report-ready");
// @ts-expect-error there is no such provider
catalogue("stripe");
same<ReturnType<typeof deliveryPolicy>["deadline"], number | null>(true);
