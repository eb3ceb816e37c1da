// The servers that are compared, each in a process of its own: first with hookseal, then by hand.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const node = (script) => () => [process.execPath, script];

/** One process with threads: with hookseal's memory store as with a set, two would know nothing of each other. */
const gunicorn = (app) => (port) => [
  process.env.GUNICORN,
  ...["--worker-class", "gthread", "--workers", "1", "--threads", "16", "--no-control-socket"],
  ...["--bind", `127.0.0.1:${port}`, "--keep-alive", "60", app],
];

export const frameworks = {
  Express: { sides: [node("express_hookseal.js"), node("express_by_hand.js")], scale: 1 },
  Flask: { sides: [gunicorn("flask_hookseal:app"), gunicorn("flask_by_hand:app")], scale: 4 },
};

export async function start(command, secret) {
  const port = await freePort();
  const [program, ...args] = command(port);
  const env = { ...process.env, NODE_ENV: "production", PORT: String(port), SECRET: secret };
  const child = spawn(program, args, { cwd: import.meta.dirname, env, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => child.kill());
  const printed = [];
  child.stderr.on("data", (chunk) => printed.push(chunk));
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/memory`).catch(() => undefined);
    if (answer?.ok) return { port, stop: () => child.kill() };
    await sleep(50);
  }
  child.kill();
  throw new Error(`${args.join(" ")} did not start\n${Buffer.concat(printed)}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
