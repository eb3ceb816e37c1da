import type { HeadersLike } from "./headers.js";
import type { Place } from "./payload.js";

/** One HTTP request, as an adapter hands it over to a {@link Receiver}. */
export interface Delivery<Extra = unknown> {
  /** As it came: what is not `POST` is refused. */
  readonly method: string;
  /** All of them, or a `Headers`. */
  readonly headers: HeadersLike;
  /**
   * Reads the raw body, no further than just beyond `limit` bytes. What it gives must be bytes: whatever else is there (an
   * object that somebody parsed, text, nothing) is refused with the remedy. It throws where the body never arrives.
   */
  readonly read: (limit: number) => unknown;
  /** Is called where the body has not arrived by the deadline: nobody waits for the rest. */
  readonly abandon?: () => void;
  /** What the handler's context has beside `tx`. */
  readonly context?: Extra;
  /** Is told of what goes on after the reply, where a host would else end it. */
  readonly background?: (rest: Promise<unknown>) => void;
  /** Which of hookseal's adapters it is, for the remedy where the body is not raw. */
  readonly place?: Place;
}
