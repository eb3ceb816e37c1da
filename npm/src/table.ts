// The core's table of steps and replies. What it says never changes, so it is asked once.
import { calling } from "./core.js";
import type { Outcome, Reply } from "./reply.js";

const steps = new Map<string, string>();
const replies = new Map<Outcome, Reply>();

/** The step after this one, or the outcome. */
export function next(step: string, happened: string, late: boolean, transactional: boolean): string {
  const asked = `${step} ${happened} ${late} ${transactional}`;
  let after = steps.get(asked);
  if (after === undefined) {
    after = calling((core) => core.nextStep(step, happened, late, transactional));
    // A store of the user's own may say anything, and more than can be remembered.
    if (steps.size < 1000) steps.set(asked, after);
  }
  return after;
}

/** What the sender is told when the deadline passes during this step. */
export const atDeadline = (step: string): string => calling((core) => core.atDeadline(step));

/** The reply for an outcome; `wait` is for how many ms somebody else's claim may hold, where one does. */
export function reply(outcome: Outcome, wait: number | undefined): Reply {
  if (wait !== undefined) return calling((core) => core.reply(outcome, wait)) as Reply;
  let found = replies.get(outcome);
  if (found === undefined) {
    found = calling((core) => core.reply(outcome)) as Reply;
    replies.set(outcome, found);
  }
  return found;
}
