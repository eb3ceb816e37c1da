// What it takes to have started: an answer within 30 s.
import { answering } from "./http.js";

/** Waits for the first answer, whatever it says; `died` rejects if there will be none. */
export async function started({ name, port, output }, died) {
  const waiting = new AbortController();
  const late = setTimeout(() => waiting.abort(new Error("did not answer within 30 s")), 30_000);
  try {
    await Promise.race([answering(port, waiting.signal), died]);
  } catch (error) {
    throw new Error(`${name} ${error.message}\n${output()}`);
  } finally {
    clearTimeout(late);
    waiting.abort();
  }
}
