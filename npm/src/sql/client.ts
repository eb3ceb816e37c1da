// What a store reaches its database by.
import { Wanted } from "../core_bg.js";
import { isFunction, want } from "../options.js";

/** Refuses what lacks one of these methods, before a delivery can meet the mistake; gives it. */
export function clientWith<Client>(client: Client, ...methods: (keyof Client)[]): Client {
  if (!methods.every((method) => isFunction((client as any)?.[method]))) want(Wanted.Client);
  return client;
}
