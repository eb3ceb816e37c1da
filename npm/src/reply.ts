import type { ErrorCode } from "./errors.js";

/** How a delivery ended, and so why it is answered as it is; the README says when. */
export type Outcome =
  | "handled"
  | "duplicate"
  | "in_progress"
  | "failed"
  | "timed_out"
  | "ignored"
  | "invalid"
  | "stale"
  | "refused"
  | "misused"
  | "too_large"
  | "not_post"
  | "encoded"
  | "unread"
  | "store_failed";

/** What goes back to the sender. The same body for the same outcome, whatever was wrong: nobody learns more. */
export class Reply {
  /** Every header that belongs to it, the body's type among them. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    /** Why. */
    readonly outcome: Outcome,
    /** The HTTP status. */
    readonly status: number,
    /** The outcome's name, as `text/plain`. */
    readonly body: string,
    /** @internal Name by name, each with its value behind it. */
    headers: string[],
    /** Whether all went as it should, so that there is nothing to log. */
    readonly well: boolean,
    /** The code of the error behind it, where every such outcome has the same. */
    readonly code: ErrorCode | undefined,
  ) {
    const named: Record<string, string> = {};
    for (let at = 0; at < headers.length; at += 2) named[headers[at] as string] = headers[at + 1] as string;
    this.headers = named;
  }
}
