// One delivery, as the core's table drives it: do what the step says, tell what happened, until the step is an outcome.
import { calling } from "./core.js";
import { Wanted } from "./core_bg.js";
import type { Delivery } from "./delivery.js";
import type { EventError } from "./errors.js";
import type { Event } from "./events.js";
import { otherHeader } from "./headers.js";
import { isGenerator, want, type Settings } from "./options.js";
import { receivedBytes } from "./payload.js";
import { tell } from "./record.js";
import type { Outcome, Reply } from "./reply.js";
import type { Session } from "./store.js";
import { atDeadline, next, reply } from "./table.js";

/** What came of a step, in the core's words or the store's. */
type Happened = string;

export class Run {
  readonly #settings: Settings;
  readonly #delivery: Delivery;
  readonly #started = performance.now();
  readonly #token = crypto.randomUUID();
  #step = "read";
  #late = false;
  #payload!: Uint8Array;
  #event: Event | undefined;
  #key: string | undefined;
  #session!: Session<unknown>;
  #wait: number | undefined;
  #error: unknown;

  constructor(settings: Settings, delivery: Delivery) {
    this.#settings = settings;
    this.#delivery = delivery;
  }

  /** What to answer, by the deadline. What is still running then goes on by itself. */
  async reply(): Promise<Reply> {
    let refused;
    try {
      refused = this.#admit();
    } catch (error) {
      refused = this.#broke(error);
    }
    if (refused !== undefined) return this.#answer(refused);

    let timer;
    const deadline = new Promise<string>((resolve) => {
      timer = setTimeout(() => {
        this.#late = true;
        if (this.#step === "read") this.#delivery.abandon?.();
        resolve(atDeadline(this.#step));
      }, this.#settings.deadline);
    });
    const end = this.#end().catch((error: unknown) => this.#broke(error));
    const outcome = await Promise.race([end, deadline]);
    clearTimeout(timer);
    if (this.#late && this.#step !== "read") this.#goOn(end);
    return this.#answer(outcome);
  }

  /** What ends after its deadline is told too, and kept alive where the host would end it. */
  #goOn(end: Promise<string>): void {
    // What only a host without memory can throw by now has nobody to go to.
    const rest = end.then((outcome) => this.#answer(outcome)).catch(() => {});
    this.#delivery.background?.(rest);
  }

  #admit(): string | undefined {
    const { method, headers } = this.#delivery;
    const encoding = otherHeader(headers, "content-encoding");
    const length = otherHeader(headers, "content-length");
    return calling((core) => core.admit(String(method), encoding, length, this.#settings.maxPayload));
  }

  /** Every step, to the very end, however late. */
  async #end(): Promise<string> {
    this.#step = await this.#read();
    for (let act; (act = Run.#acts[this.#step]);) {
      this.#step = this.#next(await this.#attempt(act));
    }
    return this.#step;
  }

  #next(happened: Happened): string {
    return next(this.#step, happened, this.#late, this.#settings.store.begin !== undefined);
  }

  /** What no step can throw, but a host without memory may: the sender is to come again. */
  #broke(error: unknown): string {
    this.#error ??= error;
    return "failed";
  }

  async #attempt(act: (run: Run) => Promise<Happened>): Promise<Happened> {
    try {
      const happened: unknown = await act(this);
      return typeof happened === "string" ? happened : "failed";
    } catch (error) {
      this.#error ??= error;
      return "failed";
    }
  }

  /** Reads, and verifies what was read; gives the step after that. */
  async #read(): Promise<string> {
    const { webhook, maxPayload, maxAge, onInvalid } = this.#settings;
    let body: unknown;
    try {
      body = await this.#delivery.read(maxPayload);
    } catch (error) {
      this.#error = error;
      return this.#next("failed");
    }
    // What has not arrived by the deadline is not waited for, and was told.
    if (this.#late) return this.#next("failed");
    try {
      this.#payload = receivedBytes(body, maxPayload, this.#delivery.place);
      const event = webhook.verify(this.#payload, this.#delivery.headers);
      this.#event = event;
      return calling((core) => core.verified(event.occurredAt?.getTime(), maxAge, Date.now()));
    } catch (error) {
      this.#error = error;
      return calling((core) => core.unverified(String((error as EventError).code), onInvalid != null));
    }
  }

  async #findKey(): Promise<Happened> {
    const { key } = this.#settings;
    const event = this.#event as Event;
    const found: unknown = key ? await key(event) : event.key;
    // Without halves of characters, which any other language would take for one and the same.
    if (typeof found !== "string" || found === "" || /\p{Surrogate}/u.test(found)) want(Wanted.Key);
    this.#key = found;
    return "done";
  }

  async #claim(): Promise<Happened> {
    const { store, lease } = this.#settings;
    this.#session = store.begin ? await store.begin() : (store as Session<unknown>);
    const now = Date.now();
    const { state, until } = await this.#session.claim(this.#key as string, this.#token, lease, now);
    this.#wait = until === undefined ? undefined : until - now;
    return state;
  }

  async #handle(): Promise<Happened> {
    const context = { ...(this.#delivery.context as object), tx: this.#session.tx };
    const given = this.#settings.handler(this.#event as Event, context);
    if (isGenerator(given)) want(Wanted.Handler);
    await given;
    return "done";
  }

  async #complete(): Promise<Happened> {
    return this.#session.complete(this.#key as string, this.#token, this.#settings.retention, Date.now());
  }

  async #release(): Promise<Happened> {
    return this.#session.release(this.#key as string, this.#token);
  }

  async #report(): Promise<Happened> {
    const invalid = this.#error as EventError;
    // What the user's own code throws says more.
    this.#error = undefined;
    const given = this.#settings.onInvalid?.(invalid, this.#payload);
    if (isGenerator(given)) want(Wanted.Callback);
    await given;
    this.#error = invalid;
    return "done";
  }

  /** What each step of the table means here. What is none of them is an outcome. */
  static readonly #acts: Record<string, (run: Run) => Promise<Happened>> = {
    key: (run) => run.#findKey(),
    claim: (run) => run.#claim(),
    handle: (run) => run.#handle(),
    complete: (run) => run.#complete(),
    complete_again: (run) => run.#complete(),
    release: (run) => run.#release(),
    withdraw: (run) => run.#release(),
    report: (run) => run.#report(),
  };

  #answer(outcome: string): Reply {
    const answer = reply(outcome as Outcome, this.#wait);
    const { webhook, observe } = this.#settings;
    const { provider } = webhook;
    tell(observe, answer, {
      provider,
      type: this.#event?.type,
      key: this.#key,
      error: this.#error,
      started: this.#started,
    });
    return answer;
  }
}
