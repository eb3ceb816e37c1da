// The routes that every JavaScript server of the scenarios has, whatever the framework: `../scenarios.js` says what is
// expected of each. The Python and Rust servers have the same.
import { Webhook } from "hookseal";
import { broken, transactional, MemoryStore } from "./stores.js";

const HOUR = 3_600_000;

/** A receiver a path, by an adapter's `receiver`, and the log of what their handlers and observers had. */
export function scenarioRoutes(receiver, { HOOKSEAL_SECRET, HOOKSEAL_OTHER_SECRET }) {
  const log = [];
  const webhook = new Webhook("loop", HOOKSEAL_SECRET);
  const other = new Webhook("glycanage", HOOKSEAL_OTHER_SECRET);

  const route = (path, options = {}, by = webhook) => [
    path,
    receiver(by, handler(log), withDefaults(log, path, options)),
  ];
  const routes = [
    route("/plain"),
    route("/other", {}, other),
    route("/quick", { deadline: 300, lease: 60_000 }),
    route("/reported", { onInvalid: onInvalid(log) }),
    route("/small", { maxPayload: 1000 }),
    route("/aged", { maxAge: 48 * HOUR }),
    route("/keyed", { key: (event) => event.body.data.key.toString() }),
    route("/claim-fails", { store: broken("claim", "fails") }),
    route("/complete-fails", { store: broken("complete", "fails") }),
    route("/complete-fails-once", { store: broken("complete", "fails once") }),
    route("/complete-lost", { store: broken("complete", "lost") }),
    route("/release-fails", { store: broken("release", "fails") }),
    route("/claim-hangs", { store: broken("claim", "hangs"), deadline: 300 }),
    route("/commit-fails", { store: transactional("fails") }),
    route("/commit-lost", { store: transactional("lost") }),
    route("/commit-late", { store: transactional("completed") }),
    route("/parsed"),
  ];
  return { log, routes: new Map(routes) };
}

function withDefaults(log, path, options) {
  const observe = ({ provider, type = null, outcome, code = null, status, key = null, error }) => {
    const name = error === undefined ? null : error.constructor.name;
    log.push({ observed: { path, provider, type, outcome, code, status, key, error: name } });
  };
  return { store: new MemoryStore(), observe, ...options };
}

/** Does what the event says. Not async, so that it can also throw before anything is awaited. */
function handler(log) {
  return (event, { tx }) => {
    const { do: what, ms } = event.body.data ?? {};
    if (tx !== undefined) log.push({ tx });
    log.push({ handled: event.id });
    if (what === "throw") throw new Error("asked to throw");
    return later(what, ms).then(() => log.push({ finished: event.id }));
  };
}

async function later(what, ms = 0) {
  if (what?.startsWith("wait")) await new Promise((resolve) => setTimeout(resolve, ms));
  await undefined;
  if (what === "reject" || what === "wait-throw") throw new Error("asked to throw");
}

function onInvalid(log) {
  return async ({ code }, payload) => {
    log.push({ reported: code, bytes: payload.length });
    if (new TextDecoder().decode(payload).includes("throw")) throw new Error("asked to throw");
  };
}
