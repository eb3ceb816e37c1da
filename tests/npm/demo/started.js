// What it takes to have started: an answer within 30 s.
import { answering } from "./http.js";

/** Waits for the first answer; `died` rejects if there will be none. */
export async function started({ name, port, output }, died) {
  const timeout = AbortSignal.timeout(30_000);
  const late = new Promise((_, reject) => {
    timeout.addEventListener("abort", () => reject(new Error("did not answer within 30 s")));
  });
  try {
    await Promise.race([answering(port, timeout), died, late]);
  } catch (error) {
    throw new Error(`${name} ${error.message}\n${output()}`);
  }
}
