// What must happen, the same in every server: each row of the reply table, each form of a body, each way in which a sender or a
// store can fail. Every scenario has events of its own, so they share a server.
import assert from "node:assert/strict";
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { event, keyOf } from "./client.js";

const { equal, deepEqual, match, ok } = assert;

const REFUSED = "401 refused";

/** An event of GlycanAge's, whose time says so. */
const kit = (id, timestamp = 1_693_123_200_000) =>
  JSON.stringify({ type: "kit-received", timestamp, id, data: { kitCode: "KIT001234" } });

/** Of a body with a character of several bytes, the bytes up to within that character, and the rest. */
function splitWithin(body, character) {
  const bytes = Buffer.from(body);
  const at = bytes.indexOf(character) + 1;
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

/** What the observer of a path was told since the last call of `log`. */
async function lastRecord(client, path) {
  const records = (await client.log()).map(({ observed }) => observed).filter((record) => record?.path === path);
  return records.at(-1);
}

const always = (run) => ({ run });
const where = (needs, run) => ({ needs, run });

export const scenarios = {
  // The reply table, row by row.

  "handled: an event reaches the handler, and the sender hears 200": always(async (client) => {
    const { status, text, headers } = await client.send("/plain", event("handled"));
    equal(`${status} ${text}`, "200 handled");
    equal(headers["content-type"], "text/plain; charset=utf-8");
    deepEqual(await client.story("handled"), ["runs", "ran", "handled"]);
  }),

  "duplicate: a second delivery is not handled again": always(async (client) => {
    equal(await client.post("/plain", event("twice")), "200 handled");
    equal(await client.post("/plain", event("twice")), "200 duplicate");
    equal(await client.post("/plain", event("twice", undefined, { user_id: "another body" })), "200 duplicate");
    deepEqual(await client.story("twice"), ["runs", "ran", "handled", "duplicate", "duplicate"]);
  }),

  "in_progress: of ten deliveries at once one is handled, the others are to come again": always(async (client) => {
    const body = event("at once", { do: "wait", ms: 700 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => client.send("/plain", body)));
    const verdicts = replies.map(({ status, text }) => `${status} ${text}`).sort();
    deepEqual(verdicts, ["200 handled", ...Array(9).fill("409 in_progress")]);
    for (const { status, headers } of replies) {
      const after = Number(headers["retry-after"] ?? 0);
      ok(status === 409 ? after >= 25 && after <= 30 : after === 0, `Retry-After: ${after}`);
    }
    equal((await client.story("at once")).filter((entry) => entry === "ran").length, 1);
    equal(await client.post("/plain", body), "200 duplicate");
  }),

  "failed: a handler that throws at once gets the event again": always((client) => failing(client, "throw")),

  "failed: a handler that throws later gets the event again": always((client) => failing(client, "reject")),

  "failed: also when the claim cannot be given back": always(async (client) => {
    equal(await client.post("/release-fails", event("not given back", { do: "throw" })), "500 failed");
    equal(await client.post("/release-fails", event("not given back")), "409 in_progress");
  }),

  "failed: a key function that throws": always(async (client) => {
    equal(await client.post("/keyed", event("no key", {})), "500 failed");
    deepEqual(await client.story("no key"), []);
  }),

  "timed_out: a handler that outlives the deadline still completes": where("tellTime", async (client) => {
    const body = event("slow", { do: "wait", ms: 1200 });
    equal(await client.post("/quick", body), "503 timed_out");
    equal(await client.post("/quick", body), "409 in_progress");
    deepEqual(await client.storyOnce("slow", "handled"), ["runs", "timed_out", "in_progress", "ran", "handled"]);
    equal(await client.post("/quick", body), "200 duplicate");
  }),

  "timed_out: a handler that fails after the deadline gives the event back": where("tellTime", async (client) => {
    equal(await client.post("/quick", event("slow to fail", { do: "wait-throw", ms: 600 })), "503 timed_out");
    deepEqual(await client.storyOnce("slow to fail", "failed"), ["runs", "timed_out", "failed"]);
    equal(await client.post("/quick", event("slow to fail")), "200 handled");
  }),

  "a slow handler's success is told in the end, and its retry is a duplicate": always(async (client) => {
    const body = event("slow but fine", { do: "wait", ms: 600 });
    equal(await client.post("/plain", body), "200 handled");
    equal(await client.post("/plain", body), "200 duplicate");
  }),

  "ignored: what is signed but not understood is acknowledged once onInvalid has it": always(async (client) => {
    equal(await client.post("/reported", "not JSON"), "200 ignored");
    equal((await lastRecord(client, "/reported")).code, "malformed_json");
    equal(await client.post("/reported", '{"no":"type"}'), "200 ignored");
    const reported = (await client.log()).filter((entry) => entry.reported);
    deepEqual(reported.slice(-2), [
      { reported: "malformed_json", bytes: 8 },
      { reported: "invalid_event", bytes: 13 },
    ]);
  }),

  "failed: an onInvalid that throws": always(async (client) => {
    equal(await client.post("/reported", "throw"), "500 failed");
  }),

  "invalid: without an onInvalid the sender sees it": always(async (client) => {
    equal(await client.post("/plain", "not JSON"), "422 invalid");
    equal(await client.post("/plain", '{"no":"type"}'), "422 invalid");
    const { outcome, code, status, type, key } = await lastRecord(client, "/plain");
    deepEqual([outcome, code, status, type, key], ["invalid", "invalid_event", 422, null, null]);
  }),

  "stale: a signed time that is too old, or none": always(async (client) => {
    const at = (hours) => ({ occurred_at: new Date(Date.now() - hours * 3_600_000).toISOString() });
    equal(await client.post("/aged", event("fresh", undefined, at(47))), "200 handled");
    equal(await client.post("/aged", event("old", undefined, at(49))), "400 stale");
    equal(await client.post("/aged", event("timeless")), "400 stale");
    equal(await client.post("/plain", event("old elsewhere", undefined, at(10_000))), "200 handled");
    deepEqual(await client.story("old"), []);
  }),

  "refused: whatever is wrong with a signature, the answer is the same": always(async (client) => {
    const { loop, glycanage } = client.senders;
    const body = event("forged");
    const right = client.signed(body)[loop.header];
    const attempts = [
      { "X-Loop-Signature": [] },
      { "X-Loop-Signature": "" },
      { "X-Loop-Signature": [right, right] },
      { "X-Loop-Signature": `${right},${right}` },
      { "X-Loop-Signature": right.slice(2) },
      { "X-Loop-Signature": "é".repeat(64) },
      { "X-Loop-Signature": client.signed(`${body} `)[loop.header] },
      { "X-Loop-Signature": client.signed(body, { ...glycanage, header: loop.header, prefix: "" })[loop.header] },
    ];
    for (const headers of attempts) equal(await client.post("/plain", body, { headers }), REFUSED);
    const codes = (await client.log())
      .map(({ observed }) => observed)
      .filter((record) => record?.outcome === "refused");
    deepEqual(
      codes.slice(-8).map(({ code }) => code),
      [
        "missing_signature",
        "missing_signature",
        "repeated_signature",
        "repeated_signature",
        "malformed_signature",
        "malformed_signature",
        "signature_mismatch",
        "signature_mismatch",
      ],
    );
    equal(await client.post("/plain", body.replace("forged", "changed"), { headers: client.signed(body) }), REFUSED);
    deepEqual(await client.story("forged"), []);
  }),

  "misused: a body that something read before is our own mistake, named at once": where("parse", async (client) => {
    const body = event("parsed");
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    // What each framework's parser reads: JSON here, forms there, anything elsewhere; the other is left to be read, or, by
    // Fastify, turned away.
    const replies = [await client.post("/parsed", body), await client.post("/parsed", body, { headers: form })];
    for (const reply of replies) match(reply, /^(500 misused|200 handled|415 .*FST_ERR_CTP_INVALID_MEDIA_TYPE.*)$/);
    ok(replies.includes("500 misused"), replies.join());
    const codes = (await client.log()).map(({ observed }) => observed?.path === "/parsed" && observed.code);
    ok(codes.includes("payload_not_raw"));
  }),

  "too_large: by its Content-Length, before it is read": always(async (client) => {
    const body = event("x".repeat(1001));
    const headers = { "Content-Length": String(body.length) };
    equal(await client.post("/small", body, { headers }), "413 too_large");
    equal((await lastRecord(client, "/small")).code, "payload_too_large");
  }),

  "too_large: without a Content-Length, as soon as it is too much": always(async (client) => {
    const body = event("x".repeat(20_000));
    const headers = { "Transfer-Encoding": "chunked" };
    equal(await client.post("/small", body, { headers }), "413 too_large");
    equal((await lastRecord(client, "/small")).code, "payload_too_large");
  }),

  "too_large: leaves a sender that keeps its connections none that is dead": where("answerEarly", async (client) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const large = event("x".repeat(2_000_000));
    const chunked = { "Transfer-Encoding": "chunked" };
    for (const id of ["kept 1", "kept 2"]) {
      equal(await client.post("/small", large, { agent, headers: chunked }), "413 too_large");
      equal(await client.post("/plain", event(id), { agent }), "200 handled");
    }
    agent.destroy();
  }),

  "a body of exactly the limit is not too large": always(async (client) => {
    const ofLength = (length) => {
      const most = (text) => event("the most", { text });
      return most("x".repeat(length - most("").length));
    };
    for (const framing of ["Transfer-Encoding: chunked", "Content-Length: 1001"]) {
      const headers = Object.fromEntries([framing.split(": ")]);
      equal(await client.post("/small", ofLength(1001), { headers }), "413 too_large");
    }
    equal(await client.post("/small", ofLength(1000), { headers: { "Transfer-Encoding": "chunked" } }), "200 handled");
    equal(await client.post("/small", ofLength(1000), { headers: { "Content-Length": "1000" } }), "200 duplicate");
  }),

  "not_post: with what is allowed": always(async (client) => {
    for (const method of ["GET", "PUT", "PATCH"]) {
      const { status, text, headers } = await client.send("/plain", method === "GET" ? "" : "{}", { method });
      equal(`${status} ${text} ${headers.allow}`, "405 not_post POST");
    }
  }),

  "encoded: a compressed body is not the bytes that were signed": always(async (client) => {
    for (const encoding of ["gzip", "br", "deflate"]) {
      const headers = { "Content-Encoding": encoding };
      equal(await client.post("/plain", event("compressed"), { headers }), "415 encoded");
    }
    equal(
      await client.post("/plain", event("identical"), { headers: { "Content-Encoding": "identity" } }),
      "200 handled",
    );
  }),

  "unread: a client that stalls is told at the deadline": where("tellTime", async (client) => {
    const body = event("stalls");
    const headers = { "Content-Length": String(body.length) };
    equal(await client.post("/quick", body, { headers, chunks: [body.slice(0, 10)], end: false }), "408 unread");
    deepEqual(await client.story("stalls"), []);
  }),

  "a client that stalls keeps nobody else waiting": always(async (client) => {
    const hungUp = new AbortController();
    const body = event("waits");
    const headers = { "Content-Length": String(body.length) };
    const options = { headers, chunks: [body.slice(0, 10)], end: false, signal: hungUp.signal };
    const stalled = client.send("/plain", body, options).catch(() => "hung up");
    equal(await client.post("/plain", event("does not wait")), "200 handled");
    hungUp.abort();
    equal(await stalled, "hung up");
  }),

  "a client that hangs up in mid-body leaves nothing behind": always(async (client) => {
    await client.hangUp("/plain", event("hangs up"));
    deepEqual(await client.story("hangs up"), []);
    equal(await client.post("/plain", event("hangs up")), "200 handled");
  }),

  "a client that hangs up while its event is handled does not undo it": always(async (client) => {
    const hungUp = new AbortController();
    const body = event("impatient", { do: "wait", ms: 600 });
    const sent = client.send("/plain", body, { signal: hungUp.signal }).catch(() => "hung up");
    for (let tries = 0; tries < 100 && !(await client.story("impatient")).includes("runs"); tries++) await sleep(20);
    hungUp.abort();
    equal(await sent, "hung up");
    const story = await client.storyOnce("impatient", "handled");
    deepEqual(story.slice(0, 2), ["runs", "ran"]);
    equal(await client.post("/plain", body), "200 duplicate");
  }),

  "store_failed: no handler runs without a claim": always(async (client) => {
    equal(await client.post("/claim-fails", event("unclaimed")), "503 store_failed");
    const { outcome, error } = await lastRecord(client, "/claim-fails");
    equal(outcome, "store_failed");
    ok(error);
    deepEqual(await client.story("unclaimed"), ["store_failed"]);
  }),

  "store_failed: a claim that comes after the deadline is given back": where("tellTime", async (client) => {
    const body = event("late claim");
    equal(await client.post("/claim-hangs", body), "503 store_failed");
    deepEqual(await client.storyOnce("late claim", "store_failed", 2), ["store_failed", "store_failed"]);
  }),

  "handled: when the claim cannot be completed, because the effect has happened": always(async (client) => {
    equal(await client.post("/complete-fails", event("not completed")), "200 handled");
    equal(await client.post("/complete-fails", event("not completed")), "409 in_progress");
    equal(await client.post("/complete-lost", event("lost")), "200 handled");
  }),

  "handled: completing is tried once more": always(async (client) => {
    equal(await client.post("/complete-fails-once", event("at last")), "200 handled");
    equal(await client.post("/complete-fails-once", event("at last")), "200 duplicate");
  }),

  "store_failed: a transaction that cannot be committed": always(async (client) => {
    for (const path of ["/commit-fails", "/commit-lost"]) {
      equal(await client.post(path, event("not committed")), "503 store_failed");
      equal(await client.post(path, event("not committed")), "503 store_failed");
    }
    const tx = (await client.log()).filter((entry) => entry.tx);
    deepEqual(tx.at(-1), { tx: "a transaction" });
  }),

  "duplicate: a transaction that another one was before": always(async (client) => {
    equal(await client.post("/commit-late", event("another was before")), "200 duplicate");
  }),

  // The body, in every form.

  "a body in one piece, in chunks, and split within a character": always(async (client) => {
    const body = (id) => event(id, { name: "Zoë 漢😀" });
    const chunked = { "Transfer-Encoding": "chunked" };
    equal(await client.post("/plain", body("chunked"), { headers: chunked }), "200 handled");
    for (const character of ["ë", "漢", "😀"]) {
      const text = body(`split ${character.codePointAt(0)}`);
      const chunks = splitWithin(text, character);
      equal(await client.post("/plain", text, { headers: chunked, chunks, pause: 30 }), "200 handled");
      const sized = { "Content-Length": String(Buffer.byteLength(text)) };
      equal(await client.post("/plain", text, { headers: sized, chunks, pause: 30 }), "200 duplicate");
    }
  }),

  "a body byte by byte": always(async (client) => {
    const body = event("byte by byte");
    const headers = { "Transfer-Encoding": "chunked" };
    equal(await client.post("/plain", body, { headers, chunks: [...body], pause: 1 }), "200 handled");
  }),

  "a body of half a megabyte": always(async (client) => {
    const body = event("large", { text: "x".repeat(500_000) });
    equal(await client.post("/plain", body, { headers: { "Transfer-Encoding": "chunked" } }), "200 handled");
    equal(await client.post("/plain", body, { headers: { "Content-Length": String(body.length) } }), "200 duplicate");
  }),

  "a body of any type, or of none": always(async (client) => {
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/cbor",
      "x",
    ];
    for (const type of types) {
      const headers = { "Content-Type": type };
      equal(await client.post("/plain", event(`typed ${type}`), { headers }), "200 handled");
    }
    equal(await client.post("/plain", event("untyped"), { headers: { "Content-Type": [] } }), "200 handled");
  }),

  "a body that is empty is not signed by anybody, or not JSON": always(async (client) => {
    equal(await client.post("/plain", "", { headers: { "X-Loop-Signature": [] } }), REFUSED);
    equal(await client.post("/plain", "", { headers: { "Content-Length": "0" } }), "422 invalid");
    equal(await client.post("/plain", "", { headers: { "Transfer-Encoding": "chunked" } }), "422 invalid");
  }),

  // Everything else.

  "an event of an unknown type is handled": always(async (client) => {
    equal(await client.post("/plain", event("unknown", undefined, { type: "protocol.finished.v9" })), "200 handled");
    equal((await lastRecord(client, "/plain")).type, "protocol.finished.v9");
  }),

  "an event without an id is handled once, by its bytes": always(async (client) => {
    const body = JSON.stringify({ type: "protocol.started", user_id: "without an id" });
    equal(await client.post("/plain", body), "200 handled");
    equal(await client.post("/plain", body), "200 duplicate");
    equal(await client.post("/plain", `${body} `), "200 handled");
  }),

  "a key of the user's own": always(async (client) => {
    equal(await client.post("/keyed", event("one", { key: "the same" })), "200 handled");
    equal(await client.post("/keyed", event("two", { key: "the same" })), "200 duplicate");
  }),

  "headers that are not signed have no say": always(async (client) => {
    const headers = { "X-Loop-Event-Id": "another", "X-Loop-Event-Type": "another", "X-Loop-Delivery-Attempt": "9" };
    equal(await client.post("/plain", event("unsigned"), { headers }), "200 handled");
    equal(
      await client.post("/plain", event("unsigned"), { headers: { "X-Loop-Event-Id": "a third" } }),
      "200 duplicate",
    );
  }),

  "two receivers with two secrets do not mix, however slowly and closely they are fed": always(async (client) => {
    const { glycanage } = client.senders;
    const slowly = (body) => ({
      headers: { "Transfer-Encoding": "chunked" },
      chunks: body.match(/.{1,20}/gs),
      pause: 15,
    });
    const deliveries = Array.from({ length: 8 }, (_, n) => {
      const [own, others] = [event(`mixed ${n}`), kit(`mixed ${n}`)];
      const disguised = { ...glycanage, header: "X-Loop-Signature", prefix: "" };
      return [
        client.post("/plain", own, slowly(own)),
        client.post("/other", others, { ...slowly(others), sender: glycanage }),
        client.post("/plain", others, { ...slowly(others), sender: disguised }),
      ];
    });
    deepEqual(new Set(await Promise.all(deliveries.map(([own]) => own))), new Set(["200 handled"]));
    deepEqual(new Set(await Promise.all(deliveries.map(([, others]) => others))), new Set(["200 handled"]));
    deepEqual(new Set(await Promise.all(deliveries.map(([, , mixed]) => mixed))), new Set([REFUSED]));
  }),

  "a record says what became of a delivery, and shows no key": always(async (client) => {
    await client.post("/plain", event("a recorded event"));
    const record = await lastRecord(client, "/plain");
    const key = keyOf("a recorded event");
    const { error, ...told } = record;
    ok(!error);
    const [provider, type] = ["loop", "protocol.started"];
    deepEqual(told, { path: "/plain", provider, type, outcome: "handled", code: null, status: 200, key });
    ok(!JSON.stringify(record).includes("a recorded event"));
  }),
};

/** The handler fails, the sender tries again, and this time it does not. */
async function failing(client, how) {
  const id = `fails by ${how}`;
  equal(await client.post("/plain", event(id, { do: how })), "500 failed");
  const { outcome, error } = await lastRecord(client, "/plain");
  equal(outcome, "failed");
  ok(error);
  equal(await client.post("/plain", event(id)), "200 handled");
  deepEqual(await client.story(id), ["runs", "failed", "runs", "ran", "handled"]);
}
