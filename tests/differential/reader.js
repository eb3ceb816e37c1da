// What hookseal reads in Node, a line a document: `node reader.js DOCUMENTS ANSWERS`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages under test are installed there.
const { Webhook, WebhookError } = createRequire(new URL("../npm/", import.meta.url))("hookseal");
const webhook = new Webhook("loop", "a secret of 32 characters or more");
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The verdict, and where a refused document is wrong or what an accepted one says. */
function answer(document) {
  try {
    const { type, known, id = null, occurredAt, key, body } = webhook.verify(document, webhook.sign(document));
    const event = canonical({ type, known, id, occurred_at: occurredAt?.getTime() ?? null, key, body });
    const other = secondOpinion(document);
    return other === canonical(body) ? `accepted ${event}` : `accepted ${event} where JSON.parse reads ${other}`;
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    return `refused ${error.code} ${error.offset ?? ""} ${error.message}`;
  }
}

/** What a parser that knows nothing of hookseal makes of what hookseal accepts. */
function secondOpinion(document) {
  try {
    return canonical(JSON.parse(strict.decode(document)));
  } catch {
    return "nothing";
  }
}

/** A value in the one form that three languages write alike: pure ASCII, names sorted, numbers as a double's bits. */
function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return bits(value);
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  return `{${Object.keys(value)
    .map((name) => `${quoted(name)}:${canonical(value[name])}`)
    .sort()}}`;
}

function bits(number) {
  const view = new DataView(new ArrayBuffer(8));
  // Which has one zero.
  view.setFloat64(0, number === 0 ? 0 : number);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

function quoted(text) {
  const plain = /[^A-Za-z0-9 ]/g;
  return `"${text.replace(plain, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

const [documents, answers] = process.argv.slice(2);
const lines = readFileSync(documents, "utf8").trimEnd().split("\n");
const found = lines.map((line) => `${answer(Buffer.from(line.split("\t")[2], "base64"))}\n`);
writeFileSync(answers, found.join(""));
