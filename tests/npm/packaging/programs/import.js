// All the vectors through hookseal, in whatever runs this: no import of the host's.
import * as hookseal from "hookseal";
import { run } from "../../vectors.js";

console.log(JSON.stringify(run(hookseal, globalThis.vectors)));
