// Loaded before a program, so that one way of passing the vectors serves programs and bundles in Node, Deno and Bun.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../vectors/", import.meta.url);

const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

export const files = names.map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));

globalThis.vectors = files;
