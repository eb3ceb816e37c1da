// PostgreSQL, on a free port, with a database of its own.
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePorts } from "../demo/ports.js";
import { Service } from "./process.js";

/** Debian keeps them off the PATH. */
function programs() {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort() : [];
  return versions.length > 0 ? `/usr/lib/postgresql/${versions.at(-1)}/bin/` : "";
}

/** It refuses to run as root. */
const asUser = process.getuid() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

export async function startPostgres() {
  const [port] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), "hookseal-postgres-"));
  if (asUser.length > 0) {
    const id = (flag) => Number(execFileSync("id", [flag, "postgres"]));
    chownSync(folder, id("-u"), id("-g"));
  }
  const run = (program, ...args) => {
    const [first, ...rest] = [...asUser, programs() + program, ...args];
    execFileSync(first, rest, { stdio: "pipe", cwd: folder });
  };
  const data = join(folder, "data");
  run("initdb", "--no-sync", "--username=hookseal", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D", data);
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    "max_connections=300",
  ];
  const command = [...asUser, `${programs()}postgres`, "-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const url = `postgresql://hookseal@127.0.0.1:${port}/postgres`;
  const service = new Service(command, async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    await client.connect();
    await client.query("SELECT 1");
    await client.end();
  });
  await service.start();
  return {
    port,
    url,
    kill: () => service.kill(),
    start: () => service.start(),
    pause: () => service.pause(),
    resume: () => service.resume(),
    async stop() {
      await service.kill();
      rmSync(folder, { recursive: true });
    },
  };
}
