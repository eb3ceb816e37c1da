// The whole public API, in every form that the language alone can write. Run as well as compiled: what the types allow, works.
import {
  ConfigError,
  EventError,
  SignatureError,
  Webhook,
  WebhookError,
  type ErrorCode,
  type Event,
  type HeadersLike,
  type JsonObject,
  type JsonValue,
  type Payload,
  type Problem,
  type Provider,
  type Secret,
  type Secrets,
} from "hookseal";

const bytes = new Uint8Array([0x73, 0x65, 0x63, 0x72, 0x65, 0x74]);
const labelled: readonly [label: string, secret: Secret] = ["2026-11", "secret"];

const everySecrets: Secrets[] = [
  "secret",
  bytes,
  bytes.buffer,
  new DataView(bytes.buffer),
  ["secret", bytes, labelled],
  new Set(["secret"]),
  { "2026-11": "secret", "2025-11": bytes },
  [labelled],
  Object.entries({ "2026-11": "secret" }),
  new Map([["2026-11", "secret"]]),
];

const text = "{}";
const raw = new Uint8Array([0x7b, 0x7d]);
const shared = new SharedArrayBuffer(2);
new Uint8Array(shared).set(raw);

const everyPayload: Payload[] = [text, raw, raw.buffer, new DataView(raw.buffer), new Uint8ClampedArray(raw), shared];

function everyHeaders(name: string, value: string): HeadersLike[] {
  const alike = { get: (asked: string) => (asked === name ? value : null), append() {} };
  return [
    value,
    alike,
    { [name]: value },
    { [name]: [value], "x-absent": undefined },
    [[name, value]],
    [[name, [value]]],
    new Map([[name, value]]),
    new Map([[name, [value]]]).entries(),
  ];
}

const providers: Provider[] = ["loop", "glycanage"];

for (const provider of providers) {
  for (const secrets of everySecrets) {
    const webhook = new Webhook(provider, secrets);
    const name: string = webhook.signatureHeader;
    for (const payload of everyPayload) {
      const signature: string = webhook.sign(payload);
      for (const headers of everyHeaders(name, signature)) {
        const label: string = webhook.verifySignature(payload, headers);
        if (label !== "0" && label !== "2026-11") throw new Error(label);
      }
    }
    for (const headers of [undefined, null, {}, []])
      expectCode("missing_signature", () => webhook.verify(text, headers));
  }
}

const webhook = new Webhook("loop", { "2026-11": "secret" });
const payload = '{"type":"protocol.started"}';

const event: Event = webhook.verify(payload, webhook.sign(payload));
const { provider, type, known, id, occurredAt, key, secret, body } = event;
const strings: string[] = [provider, type, key, secret];
const maybe: [string | undefined, Date | undefined, boolean] = [id, occurredAt, known];
const object: JsonObject = body;
const member: JsonValue | undefined = object["type"];
if (member !== type || strings.includes("") || maybe.length !== 3) throw new Error("the event is not what was sent");

function expectCode(code: ErrorCode, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    const status: number | undefined = error.status;
    if (error instanceof EventError) {
      const problems: readonly Problem[] = error.problems;
      const told: (string | number | undefined)[] = problems.flatMap(({ path, expected, found }) => [
        path,
        expected,
        found,
      ]);
      told.push(error.offset);
    }
    const kinds = [ConfigError, SignatureError, EventError].filter((kind) => error instanceof kind);
    if (error.code === code && error.message && error.name && kinds.length === 1 && status !== 200) return;
    throw error;
  }
  throw new Error(`expected ${code}`);
}

expectCode("malformed_json", () => webhook.verify("{", webhook.sign("{")));
expectCode("invalid_event", () => webhook.verify("{}", webhook.sign("{}")));
