// Every vector of tests/vectors, each under its own name; `packaging` runs them in the other runtimes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as hookseal from "hookseal";
import { cases, fault } from "./vectors.js";

const folder = new URL("../vectors/", import.meta.url);

for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const file = JSON.parse(readFileSync(new URL(name, folder)));
  describe(file.about, () => {
    for (const vector of cases(file)) test(vector.name, () => assert.equal(fault(hookseal, vector), undefined));
  });
}
