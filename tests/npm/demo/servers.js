// The examples, each in the runtime that it is for, on loopback ports of their own.
import { join } from "node:path";
import { freePorts } from "./ports.js";
import { spawned } from "./spawned.js";
import { workerd } from "./workerd.js";

const { HOOKSEAL_EXAMPLES: examples, HOOKSEAL_GUNICORN: gunicorn, HOOKSEAL_AXUM: program } = process.env;

// Loaded before the worker, which gunicorn would start for ever if it failed to load the app; and without the control
// socket, which would lie in the home directory.
const threaded = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--preload", "--no-control-socket"];

/** Starts one after the other: each has a `name`, a `port`, its `output()` so far, `ready()` and `stop()`. */
export async function* launch(senders) {
  const secrets = Object.fromEntries(senders.map(({ variable, secret }) => [variable, secret]));
  const env = { ...process.env, ...secrets };
  const [express, worker, flask, axum] = await freePorts(4);

  yield spawned("Express", express, [process.execPath, "server.js"], {
    cwd: join(examples, "express"),
    env: { ...env, HOST: "127.0.0.1", PORT: String(express) },
  });
  yield workerd("Worker", worker, join(examples, "worker"), secrets);
  yield spawned("Flask", flask, [gunicorn, ...threaded, "--bind", `127.0.0.1:${flask}`, "app:app"], {
    cwd: join(examples, "flask"),
    env,
  });
  yield spawned("axum", axum, [program], { env: { ...env, PORT: String(axum) } });
}
