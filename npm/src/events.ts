// The events of each type, as the providers document them. The core checks what is said here: a test compares the two.

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = { [name: string]: JsonValue };

/** Who sends the webhooks: the Loop Platform or GlycanAge. */
export type Provider = "loop" | "glycanage";

/** What every event says, whoever sent it. */
export interface Envelope<P extends Provider> {
  /** Who sent it. */
  readonly provider: P;
  /** The id inside the signed body, if it has one; an integer id is its decimal text. */
  readonly id: string | undefined;
  /** When the event occurred, if the signed body says so. */
  readonly occurredAt: Date | undefined;
  /** The whole body. */
  readonly body: JsonObject;
  /** The idempotency key, from signed bytes only: made of the id, or where there is none of the whole body. */
  readonly key: string;
  /** The label of the secret that matched, or its index as text, so that an old one can be retired on evidence. */
  readonly secret: string;
}

/** An event of a type that is in the provider's catalogue. */
export interface KnownEvent<P extends Provider, Type extends string, Data> extends Envelope<P> {
  /** The event's type: `switch (event.type)` narrows `event.data`. */
  readonly type: Type;
  readonly known: true;
  /** What it says, named as the provider's documents name it. */
  readonly data: Data;
}

/** An event of a type that is not in the provider's catalogue: providers add new ones. Read its `body`. */
export interface UnknownEvent<P extends Provider = Provider> extends Envelope<P> {
  /** The event's type, as sent. */
  readonly type: string;
  readonly known: false;
  readonly data: never;
}

/** The `data` of `order-status-changed`. */
export interface OrderStatusChangedData {
  /** The order. */
  orderId: string;
  /** `bulk-order` or `kit-order`, so far. */
  orderType?: string | null;
  /** What it was before. */
  previousStatus?: string | null;
  /** What it is now, such as `paid`. */
  currentStatus: string;
  /** The practice that ordered. */
  practiceId?: string | null;
  /** How many kits were ordered. */
  numberOfKits?: number | null;
  /** In cents. */
  amount?: number | null;
  /** Of the amount, such as `USD`. */
  currency?: string | null;
}

/** The `data` of `assignment-status-changed`. */
export interface AssignmentStatusChangedData {
  /** The assignment. */
  assignmentId: string;
  /** What it was before; none where it has just been created. */
  previousStatus?: string | null;
  /** What it is now, such as `approved`. */
  currentStatus: string;
  /** The practice that assigned. */
  practiceId?: string | null;
  /** `bank-transfer` or `token`, so far. */
  paymentType?: string | null;
  /** In cents; null where it was paid with tokens. */
  amount?: number | null;
  /** Of the amount, such as `USD`. */
  currency?: string | null;
  /** Who gets which kit. */
  sets?: AssignedSet[] | null;
}

/** One of the `sets` of `assignment-status-changed`. */
export interface AssignedSet {
  /** The patient. */
  patientId?: string | null;
  /** The kit. */
  kitCode?: string | null;
  /** What is tested, such as `regular`. */
  product?: string | null;
}

/** The `data` of `kit-received`. */
export interface KitReceivedData {
  /** The kit. */
  kitCode: string;
  /** The test that it is for. */
  testId?: string | null;
  /** The patient. */
  patientId?: string | null;
  /** The practice. */
  practiceId?: string | null;
  /** The assignment. */
  assignmentId?: string | null;
  /** When it arrived, in ms since 1970. */
  receivedAt?: number | null;
  /** What it is now, such as `inAnalysis`. */
  status?: string | null;
}

/** The `data` of `report-ready`. */
export interface ReportReadyData {
  /** The report. */
  reportId: string;
  /** The test that it is of. */
  testId?: string | null;
  /** The kit. */
  kitCode?: string | null;
  /** The patient. */
  patientId?: string | null;
  /** The practice. */
  practiceId?: string | null;
  /** The assignment. */
  assignmentId?: string | null;
  /** The result, in years, as text. */
  glycanAge?: string | null;
  /** The patient's age, in years, as text. */
  chronologicalAge?: string | null;
  /** Where the report is, from GlycanAge's own address on. */
  reportUrl?: string | null;
  /** When it was made, in ms since 1970. */
  createdOn?: number | null;
}

/** The `data` of every documented type. Loop does not document its own: any JSON, or none. */
export interface DataByType {
  glycanage: {
    "order-status-changed": OrderStatusChangedData;
    "assignment-status-changed": AssignmentStatusChangedData;
    "kit-received": KitReceivedData;
    "report-ready": ReportReadyData;
  };
  loop: {
    "biomarker.result.created": JsonValue | undefined;
    "protocol.started": JsonValue | undefined;
    "clinical.biomarker.parsed.v1": JsonValue | undefined;
  };
}

/**
 * What an authentic payload of a provider, or of either, says.
 *
 * Its JSON is the whole event, for queues. `console.log` and default inspection show no health data.
 *
 * @example
 * ```js
 * import { Webhook } from "hookseal";
 * import { delivery, sample } from "hookseal/tools";
 *
 * const webhook = new Webhook("glycanage", "a secret of 32 characters or more");
 * const { body, headers } = delivery(webhook, sample("glycanage", "report-ready"));
 *
 * const event = webhook.verify(body, headers);
 * switch (event.type) {
 *   case "report-ready":
 *     console.log(event.data.reportId); // report_78901
 *     break;
 *   default:
 *     console.log(event.known);
 * }
 * ```
 */
export type Event<P extends Provider = Provider> = { [Sender in P]: EventOf<Sender> }[P];

type EventOf<P extends Provider> =
  | { [Type in keyof DataByType[P] & string]: KnownEvent<P, Type, DataByType[P][Type]> }[keyof DataByType[P] & string]
  | UnknownEvent<P>;
