// Two workers, one of which is killed now and then, and started again at once.
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** In ms, about. */
const every = Number(process.env.KILL_EVERY ?? 1000);

const script = fileURLToPath(new URL("worker.js", import.meta.url));

export class Workers {
  kills = 0;
  #settings;
  #children;
  #ending = new AbortController();
  #killing;

  constructor(settings, ports) {
    this.#settings = settings;
    this.#children = ports.map((port) => this.#spawn(port));
    process.once("exit", () => this.#children.forEach(({ child }) => child.kill("SIGKILL")));
    this.#killing = this.#kill();
  }

  #spawn(port) {
    const settings = JSON.stringify({ ...this.#settings, port });
    const child = spawn(process.execPath, [script, settings], { stdio: ["ignore", "ignore", "inherit"] });
    return { port, child };
  }

  async #kill() {
    while (!this.#ending.signal.aborted) {
      await sleep(every * (0.7 + Math.random() * 0.6), undefined, { signal: this.#ending.signal }).catch(() => {});
      if (this.#ending.signal.aborted) return;
      const at = this.kills % this.#children.length;
      const { port, child } = this.#children[at];
      const gone = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await gone;
      this.kills++;
      this.#children[at] = this.#spawn(port);
    }
  }

  async stop() {
    this.#ending.abort();
    await this.#killing;
    await Promise.all(
      this.#children.map(({ child }) => {
        const gone = new Promise((resolve) => child.once("close", resolve));
        child.kill("SIGKILL");
        return gone;
      }),
    );
  }
}
