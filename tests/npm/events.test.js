// The types of `events.ts` are what the core's catalogue says: a file that says so is written from it, and compiled.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { EventError, Webhook } from "hookseal";
import { catalogue, delivery, deliveryPolicy, sample } from "hookseal/tools";

const providers = ["loop", "glycanage"];
const types = {
  string: "string",
  integer: "number",
  "time in ms, an integer from 0 to 253402300799999": "number",
  "array of objects": "AssignedSet[]",
};

/** The interface that documents these members, as TypeScript writes it. */
function record(fields) {
  const member = ({ name, required, expected }) =>
    required ? `${name}: ${types[expected]}` : `${name}?: ${types[expected]} | null`;
  return `{ ${fields.map(member).join("; ")} }`;
}

/** A line for each type of a provider, which compiles only if `DataByType` says the same. */
function assertions(provider) {
  const all = catalogue(provider);
  const names = all.map(({ name }) => JSON.stringify(name)).join(" | ");
  const data = ({ name, fields }) =>
    `same<DataByType["${provider}"]["${name}"], ${fields ? record(fields) : "JsonValue | undefined"}>(true);`;
  const inner = all.flatMap(({ fields }) => fields ?? []).filter(({ fields }) => fields.length > 0);
  return [
    `same<keyof DataByType["${provider}"], ${names}>(true);`,
    ...all.map(data),
    ...inner.map(({ fields }) => `same<AssignedSet, ${record(fields)}>(true);`),
  ];
}

const head = `import type { AssignedSet, DataByType, JsonValue } from "hookseal";
type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T;
type Equal<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>) => {};
`;

function compile(lines) {
  const folder = mkdtempSync(join(import.meta.dirname, "packaging/types/written-"));
  try {
    const file = join(folder, "written.ts");
    writeFileSync(file, [head, ...lines].join("\n"));
    const options = ["--noEmit", "--strict", "--target", "es2024", "--module", "nodenext"];
    const tsc = join(import.meta.dirname, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, ...options, file], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the types of each event's data are the core's", () => compile(providers.flatMap(assertions)));

test("and would not be, if the core said anything else", () => {
  const wrong = 'same<DataByType["glycanage"]["kit-received"], { kitCode: string }>(true);';
  assert.throws(() => compile([wrong]), { stdout: /TS2345/ });
});

describe("each documented sample", () => {
  for (const provider of providers) {
    for (const { name } of catalogue(provider)) {
      test(`${name} is a known event, with its data`, () => {
        const webhook = new Webhook(provider, "secret");
        const { body, headers } = delivery(webhook, sample(provider, name));
        const event = webhook.verify(body, headers);
        assert.deepEqual([event.provider, event.type, event.known], [provider, name, true]);
        assert.equal(event.data, event.body.data);
      });
    }
  }
});

test("an unknown type still reaches the handler, with all of its body", () => {
  const webhook = new Webhook("glycanage", "secret");
  const { body, headers } = delivery(webhook, '{"type":"kit-lost","timestamp":0,"data":{"kitCode":7}}');
  const event = webhook.verify(body, headers);
  assert.deepEqual([event.type, event.known, event.data, event.body.data.kitCode], ["kit-lost", false, undefined, 7]);
});

test("overrides are laid over a sample, member by member", () => {
  const { data } = JSON.parse(sample("glycanage", "assignment-status-changed", { data: { amount: null, sets: [] } }));
  assert.deepEqual([data.assignmentId, data.amount, data.sets], ["assignment_12345", null, []]);
});

test("a sample is valid, or there is none", () => {
  const cyclic = {};
  cyclic.self = cyclic;
  const invalid = (overrides) => () => sample("glycanage", "kit-received", overrides);
  assert.throws(
    invalid({ data: { kitCode: 7 } }),
    (error) => error instanceof EventError && error.problems.length === 1,
  );
  for (const overrides of [null, 7, [], "x", cyclic, { x: 1n }, { toJSON: () => assert.fail() }]) {
    assert.throws(invalid(overrides), { code: "invalid_option" });
  }
  assert.throws(() => sample("glycanage", "kit-lost"), { code: "invalid_option" });
  assert.throws(() => sample("loop", Symbol("x")), { code: "invalid_option" });
  for (const call of [catalogue, deliveryPolicy, sample])
    assert.throws(() => call("stripe"), { code: "unknown_provider" });
});
