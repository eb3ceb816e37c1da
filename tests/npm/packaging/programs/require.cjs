// The same from CommonJS, which gets the same ES module.
const hookseal = require("hookseal");
const { run } = require("../../vectors.js");

console.log(JSON.stringify(run(hookseal, globalThis.vectors)));
