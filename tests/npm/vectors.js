// The vectors, in whatever JavaScript runtime imports this: no import of its own, and nothing of Node's.

/** A value of the vectors' schema, as bytes, text or whatever else it stands for. */
function value(of) {
  if (typeof of === "string") return of;
  if ("hex" in of) return Uint8Array.from(of.hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  if ("utf16" in of) return String.fromCharCode(...of.utf16.map((unit) => Number.parseInt(unit, 16)));
  if ("parsed" in of) return of.parsed;
  if ("concat" in of) return of.concat.map(value).join("");
  if ("numbered" in of) return Array.from({ length: of.times }, (_, n) => of.numbered.replaceAll("#", n)).join("");
  const one = value(of.repeat);
  if (typeof one === "string") return one.repeat(of.times);
  const bytes = new Uint8Array(one.length * of.times);
  for (let i = 0; i < of.times; i++) bytes.set(one, i * one.length);
  return bytes;
}

const secret = (of) => (typeof of === "object" && "label" in of ? [of.label, value(of.secret)] : value(of));

const headers = (pairs) => pairs && pairs.map(([name, of]) => [name, value(of)]);

/** What hookseal answers, in the form of the schema's `expect`. */
function answer({ Webhook, WebhookError }, { call, provider, secrets, payload, headers: pairs }) {
  try {
    const webhook = new Webhook(provider, secrets.map(secret));
    if (call === "new") return { made: true };
    if (call === "sign") return { signature: webhook.sign(value(payload)) };
    if (call === "verify_signature") {
      return { secret: webhook.verifySignature(value(payload), headers(pairs)) };
    }
    const { type, known, id, occurredAt, key, secret: label, body } = webhook.verify(value(payload), headers(pairs));
    const occurred_at = occurredAt === undefined ? null : occurredAt.getTime();
    return { event: { type, known, id: id ?? null, occurred_at, key, secret: label, body } };
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    const { code, status, offset, problems } = error;
    const more = { ...(offset !== undefined && { offset }), ...(problems?.length && { problems }) };
    return { error: { code, status: status ?? null, ...more } };
  }
}

/** The cases of one file that can be written in JavaScript. */
export function cases(file) {
  return file.cases.filter(({ only }) => !only || only.includes("javascript"));
}

/** Nothing if hookseal answers a case as it must, else what is wrong. */
export function fault(hookseal, vector) {
  const found = JSON.stringify(answer(hookseal, vector));
  const expected = JSON.stringify(vector.expect);
  return found === expected ? undefined : `${vector.name}: expected ${expected}, found ${found}`;
}

/** Every fault in these files, and how many cases were run. */
export function run(hookseal, files) {
  const all = files.flatMap(cases);
  return { cases: all.length, faults: all.map((vector) => fault(hookseal, vector)).filter(Boolean) };
}
