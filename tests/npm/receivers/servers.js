// Every server of the scenarios, each in a process or runtime of its own.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "../demo/ports.js";
import { spawned } from "../demo/spawned.js";
import { workerd } from "../demo/workerd.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = (name) => at(`../../../target/venv/bin/${name}`);

const node = (script, ...args) => ({ command: [process.execPath, at(`servers/${script}`), ...args] });

const threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "16", "--preload", "--no-control-socket"];
const gunicorn = (app) => ({
  command: (port) => [bin("gunicorn"), ...threads, "--bind", `127.0.0.1:${port}`, app],
  cwd: at("../../python/servers"),
  // A WSGI server runs a request to its end: nobody can answer for it, nor see that a client stalls.
  tellsTime: false,
  // It hangs up on a sender that has more to send, who then may not hear the answer.
  drains: false,
});

export const servers = {
  "Express 5": node("express.js"),
  "Express 4": node("express.js", "express-4"),
  "node:http": { ...node("http.js"), parses: false },
  Fastify: node("fastify.js"),
  "Hono on Node": node("hono.js"),
  // It hangs up as well. On Cloudflare, the sender's connection is not the Worker's.
  workerd: { worker: at("servers"), drains: false },
  "Flask, gunicorn": gunicorn("flask_app:app"),
  "FastAPI, uvicorn": {
    command: (port) => [
      bin("uvicorn"),
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--log-level",
      "warning",
      "fastapi_app:app",
    ],
    cwd: at("../../python/servers"),
    parses: false,
  },
  "Django, gunicorn": gunicorn("django_app:application"),
  axum: { command: [at("../../../target/debug/hookseal-test-axum")], parses: false },
};

/** Starts one; what it `can` do is what the scenarios ask of it. */
export async function start(name, secrets) {
  const { command, worker, cwd, tellsTime = true, parses = true, drains = true } = servers[name];
  const [port] = await freePorts(1);
  const server = worker
    ? workerd(name, port, worker, secrets)
    : spawned(name, port, typeof command === "function" ? command(port) : command, {
        cwd,
        env: { ...process.env, ...secrets, PORT: String(port) },
      });
  await server.ready();
  return { ...server, can: { tellTime: tellsTime, parse: parses, answerEarly: drains } };
}
