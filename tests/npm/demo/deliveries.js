// What is delivered, and the verdict that is due: every documented sample as its provider sends it, then everything
// that a forger, a proxy or a careless sender might make of it.
import { readFileSync, readdirSync } from "node:fs";
import { impostor, sign } from "./senders.js";

const HANDLED = "200 handled";
const DUPLICATE = "200 duplicate";
// Whatever is wrong with a signature, the sender hears the same.
const REFUSED = "401 refused";
const INVALID = "422 invalid";

export function deliveries(senders) {
  return senders.flatMap((sender) => {
    const other = senders.find(({ provider }) => provider !== sender.provider);
    const files = samples(sender.provider);
    // The longest, because it has spaces and newlines to lose.
    const body = files.map((file) => file.body).reduce((a, b) => (b.length > a.length ? b : a));
    return [
      ...files.map(({ name, body }) => [name, HANDLED, body, signed(sender, body)]),
      ["the last one again", DUPLICATE, files.at(-1).body, signed(sender, files.at(-1).body)],
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

/** Rightly signed, though not as everybody sends it; each is a delivery of an event that was handled. */
function unusual(sender, body) {
  const { header, prefix } = sender;
  const right = sign(sender, body);
  const upper = prefix + right.slice(prefix.length).toUpperCase();
  return [
    ["header name in lower case", DUPLICATE, body, { [header.toLowerCase()]: right }],
    ["digest in upper case", DUPLICATE, body, { [header]: upper }],
    ["body in chunks", DUPLICATE, body, { [header]: right, "Transfer-Encoding": "chunked" }],
    ["body typed as a form", DUPLICATE, body, { [header]: right, "Content-Type": "application/x-www-form-urlencoded" }],
    ["body compressed", "415 encoded", body, { [header]: right, "Content-Encoding": "gzip" }],
  ];
}

function forgeries(sender, other, body) {
  const { header, prefix } = sender;
  const right = sign(sender, body);
  const wrong = sign(impostor(sender), body);
  const digest = right.slice(prefix.length);
  const under = (...values) => ({ [header]: values });
  return [
    ["secret of nobody", REFUSED, body, under(wrong)],
    ["secret of the other sender", REFUSED, body, under(sign({ ...other, prefix }, body))],
    ["one byte changed", REFUSED, changed(body), under(right)],
    ["one byte more", REFUSED, Buffer.concat([body, Buffer.from(" ")]), under(right)],
    ["re-serialised", REFUSED, reserialised(body), under(right)],
    ["body gone", REFUSED, Buffer.alloc(0), under(right)],
    ["header of the other sender", REFUSED, body, { [other.header]: right }],
    ["header missing", REFUSED, body, {}],
    ["header empty", REFUSED, body, under("")],
    ["header twice, right and wrong", REFUSED, body, under(right, wrong)],
    ["header twice, wrong and right", REFUSED, body, under(wrong, right)],
    ["header twice, right and right", REFUSED, body, under(right, right)],
    ["two values in one header", REFUSED, body, under(`${right},${wrong}`)],
    ["digest truncated", REFUSED, body, under(right.slice(0, -32))],
    ["digest over-long", REFUSED, body, under(`${right}00`)],
    ...wrongPrefixes(prefix).map((it) => [`prefix "${it}"`, REFUSED, body, under(it + digest)]),
    ["digest of 64 letters g", REFUSED, body, under(prefix + "g".repeat(64))],
    ["digest of 64 letters é", REFUSED, body, under(prefix + onTheWire("é".repeat(64)))],
  ];
}

/** Signed, so from the sender, and yet no event. */
const broken = [
  ["signed: nothing", INVALID, Buffer.alloc(0)],
  ["signed: not JSON", INVALID, Buffer.from("type=kit-received")],
  ["signed: not UTF-8", INVALID, Buffer.from('{"type":"\xff"}', "latin1")],
  ["signed: duplicate name", INVALID, Buffer.from('{"type":"a","\\u0074ype":"b","timestamp":0,"data":{}}')],
  ["signed: no type", INVALID, Buffer.from('{"timestamp":0,"data":{}}')],
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
