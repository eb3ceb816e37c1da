/** What a store says to a claim. */
export class Claim {
  constructor(
    /** The key is the caller's, somebody else's claim holds it, or it was completed. */
    readonly state: "claimed" | "in_progress" | "completed",
    /** When the claim that is in the way ends, in ms since 1970. */
    readonly until?: number,
  ) {}
}
