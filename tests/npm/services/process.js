// A service in a process of its own, that can be killed, stopped in its tracks, and started again on the same port and data.
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export class Service {
  #command;
  #answers;
  #child;
  #ended;
  #printed = [];

  /** `answers` rejects as long as the service does not answer. */
  constructor(command, answers) {
    this.#command = command;
    this.#answers = answers;
    process.once("exit", () => this.#child?.kill("SIGKILL"));
  }

  async start() {
    const [program, ...args] = this.#command;
    this.#child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on("data", (chunk) => this.#printed.push(chunk));
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", resolve);
      this.#child.once("close", resolve);
    });
    await this.answering();
  }

  /** Waits until it answers: 30 s at the most. */
  async answering() {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#answers();
      } catch (error) {
        if (tries === 600)
          throw new Error(`${this.#command[0]} does not answer: ${error}\n${Buffer.concat(this.#printed)}`);
        await sleep(50);
      }
    }
  }

  /** As a machine that loses its power would end it. */
  kill() {
    return this.#end("SIGKILL");
  }

  stop() {
    return this.#end("SIGTERM");
  }

  async #end(signal) {
    this.#child.kill(signal);
    this.#child.kill("SIGCONT");
    await this.#ended;
  }

  /** Stops it in its tracks: connections stay, answers do not come. */
  pause() {
    this.#child.kill("SIGSTOP");
  }

  resume() {
    this.#child.kill("SIGCONT");
  }
}
