// Redis, on a free port: one, or a cluster of three with a replica each.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { freePorts } from "../demo/ports.js";
import { Service } from "./process.js";

/** Runs commands on one connection, and gives their answers. */
async function ask(port, ...commands) {
  const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    const answers = [];
    for (const command of commands) answers.push(await client.sendCommand(command));
    return answers;
  } finally {
    client.destroy();
  }
}

export async function startRedis(settings = {}) {
  const [port] = settings.port ? [settings.port] : await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), "hookseal-redis-"));
  const all = {
    port,
    bind: "127.0.0.1",
    dir: folder,
    save: "",
    appendonly: "yes",
    "maxmemory-policy": "noeviction",
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const service = new Service(["redis-server", ...args], () => ask(port, ["PING"]));
  await service.start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    ask: (...commands) => ask(port, ...commands),
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

/** Three masters, each with a replica that takes its place. */
export async function startCluster() {
  const ports = await freePorts(6);
  const settings = { "cluster-enabled": "yes", "cluster-node-timeout": 1000, "cluster-replica-validity-factor": 0 };
  const nodes = await Promise.all(
    // The bus is by default 10000 above the port, which may be out of range or taken.
    ports.map((port) =>
      startRedis({ ...settings, port, "cluster-port": port < 55_000 ? port + 10_000 : port - 10_000 }),
    ),
  );
  const masters = nodes.slice(0, 3);
  const share = Math.ceil(16384 / 3);
  for (const [n, node] of masters.entries()) {
    const to = Math.min((n + 1) * share, 16384) - 1;
    await node.ask(["CLUSTER", "ADDSLOTSRANGE", String(n * share), String(to)]);
    await node.ask(["CLUSTER", "SET-CONFIG-EPOCH", String(n + 1)]);
  }
  for (const { port } of nodes.slice(1)) {
    const bus = port < 55_000 ? port + 10_000 : port - 10_000;
    await nodes[0].ask(["CLUSTER", "MEET", "127.0.0.1", String(port), String(bus)]);
  }
  const everybody = async (says) => {
    for (;;) {
      const infos = await Promise.all(nodes.map((node) => node.ask(["CLUSTER", "INFO"], ["CLUSTER", "NODES"])));
      if (infos.every(([info, known]) => says(String(info), String(known)))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await everybody((_, known) => known.trim().split("\n").length === 6);
  for (const [n, node] of nodes.slice(3).entries()) {
    const [id] = await masters[n].ask(["CLUSTER", "MYID"]);
    await node.ask(["CLUSTER", "REPLICATE", String(id)]);
  }
  await everybody((info, known) => info.includes("cluster_state:ok") && known.match(/slave /g)?.length === 3);
  // A replica that has never heard from its master does not take its place.
  for (const node of nodes.slice(3)) {
    while (!String((await node.ask(["INFO", "replication"]))[0]).includes("master_link_status:up")) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return { nodes, masters, ports, stop: () => Promise.all(nodes.map((node) => node.stop())) };
}
