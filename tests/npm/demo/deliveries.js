// What is delivered, and the verdict that is due: every documented sample as its provider sends it, then everything
// that a forger, a proxy or a careless sender might make of it.
import { readFileSync, readdirSync } from "node:fs";
import { impostor, sign } from "./senders.js";

const MISSING = "401 missing_signature";
const REPEATED = "401 repeated_signature";
const MALFORMED = "401 malformed_signature";
const MISMATCH = "401 signature_mismatch";
const NOT_JSON = "422 malformed_json";
const NO_EVENT = "422 invalid_event";

export function deliveries(senders) {
  return senders.flatMap((sender) => {
    const other = senders.find(({ provider }) => provider !== sender.provider);
    const files = samples(sender.provider);
    // The longest, because it has spaces and newlines to lose.
    const body = files.map((file) => file.body).reduce((a, b) => (b.length > a.length ? b : a));
    return [
      ...files.map(({ name, body }) => [name, "200", body, signed(sender, body)]),
      ...unusual(sender, body),
      ...forgeries(sender, other, body),
      ...broken.map(([name, expected, body]) => [name, expected, body, signed(sender, body)]),
    ].map((row) => delivery(sender, row));
  });
}

function delivery({ provider }, [name, expected, body, headers]) {
  return { provider, name, expected, body, headers: { "Content-Type": "application/json", ...headers } };
}

function samples(provider) {
  const folder = new URL(`../../../core/samples/${provider}/`, import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => ({ name: file.slice(0, -5), body: readFileSync(new URL(file, folder)) }));
}

const signed = (sender, body) => ({ [sender.header]: sign(sender, body) });

/** Rightly signed, though not as everybody sends it. */
function unusual(sender, body) {
  const { header, prefix } = sender;
  const right = sign(sender, body);
  const upper = prefix + right.slice(prefix.length).toUpperCase();
  return [
    ["header name in lower case", "200", body, { [header.toLowerCase()]: right }],
    ["digest in upper case", "200", body, { [header]: upper }],
    ["body in chunks", "200", body, { [header]: right, "Transfer-Encoding": "chunked" }],
    ["body typed as a form", "200", body, { [header]: right, "Content-Type": "application/x-www-form-urlencoded" }],
  ];
}

function forgeries(sender, other, body) {
  const { header, prefix } = sender;
  const right = sign(sender, body);
  const wrong = sign(impostor(sender), body);
  const digest = right.slice(prefix.length);
  const under = (...values) => ({ [header]: values });
  return [
    ["secret of nobody", MISMATCH, body, under(wrong)],
    ["secret of the other sender", MISMATCH, body, under(sign({ ...other, prefix }, body))],
    ["one byte changed", MISMATCH, changed(body), under(right)],
    ["one byte more", MISMATCH, Buffer.concat([body, Buffer.from(" ")]), under(right)],
    ["re-serialised", MISMATCH, reserialised(body), under(right)],
    ["body gone", MISMATCH, Buffer.alloc(0), under(right)],
    ["header of the other sender", MISSING, body, { [other.header]: right }],
    ["header missing", MISSING, body, {}],
    ["header empty", MISSING, body, under("")],
    ["header twice, right and wrong", REPEATED, body, under(right, wrong)],
    ["header twice, wrong and right", REPEATED, body, under(wrong, right)],
    ["header twice, right and right", REPEATED, body, under(right, right)],
    ["two values in one header", REPEATED, body, under(`${right},${wrong}`)],
    ["digest truncated", MALFORMED, body, under(right.slice(0, -32))],
    ["digest over-long", MALFORMED, body, under(`${right}00`)],
    ...wrongPrefixes(prefix).map((it) => [`prefix "${it}"`, MALFORMED, body, under(it + digest)]),
    ["digest of 64 letters g", MALFORMED, body, under(prefix + "g".repeat(64))],
    ["digest of 64 letters é", MALFORMED, body, under(prefix + onTheWire("é".repeat(64)))],
  ];
}

/** Signed, so from the sender, and yet no event. */
const broken = [
  ["signed: nothing", NOT_JSON, Buffer.alloc(0)],
  ["signed: not JSON", NOT_JSON, Buffer.from("type=kit-received")],
  ["signed: not UTF-8", NOT_JSON, Buffer.from('{"type":"\xff"}', "latin1")],
  ["signed: duplicate name", NOT_JSON, Buffer.from('{"type":"a","\\u0074ype":"b","timestamp":0,"data":{}}')],
  ["signed: no type", NO_EVENT, Buffer.from('{"timestamp":0,"data":{}}')],
];

function changed(body) {
  const copy = Buffer.from(body);
  copy[copy.length >> 1] ^= 1;
  return copy;
}

function reserialised(body) {
  return Buffer.from(JSON.stringify(JSON.parse(body.toString())));
}

const wrongPrefixes = (prefix) => ["", "sha256=", "SHA256=", "sha1="].filter((it) => it !== prefix);

/** Node writes headers as Latin-1, so that these characters become the text's UTF-8 bytes. */
const onTheWire = (text) => Buffer.from(text).toString("latin1");
