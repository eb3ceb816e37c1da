// A server in a process of its own.
import { spawn } from "node:child_process";
import { started } from "./started.js";

export function spawned(name, port, [program, ...args], options) {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  // However this process ends; the Worker's runtime sees to that by itself.
  process.once("exit", () => child.kill());
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
  });

  const died = async () => {
    throw new Error(await ended);
  };
  const server = { name, port, output: () => Buffer.concat(printed).toString() };
  return { ...server, ready: () => started(server, died()), stop: () => stop(child, ended) };
}

/** Asks first, because gunicorn has a worker to stop; and insists after 5 s. */
async function stop(child, ended) {
  const insist = setTimeout(() => child.kill("SIGKILL"), 5_000);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(insist);
}
