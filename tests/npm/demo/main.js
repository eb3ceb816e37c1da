// What `cargo xtask demo` runs: the same deliveries, over HTTP, to each example, and one table of what they answer.
import { deliveries } from "./deliveries.js";
import { deliver } from "./http.js";
import { freshSenders } from "./senders.js";
import { launch } from "./servers.js";
import { print } from "./table.js";

const senders = freshSenders();
const servers = [];

async function demo() {
  for await (const server of launch(senders)) servers.push(server);
  await Promise.all(servers.map((server) => server.ready()));

  const rows = [];
  for (const delivery of deliveries(senders)) {
    const verdicts = [];
    for (const server of servers) verdicts.push(await deliver(delivery, server));
    rows.push({ ...delivery, verdicts });
  }
  const names = servers.map((server) => server.name);
  return print(rows, names);
}

// An exit that the servers hear of, which a signal's own is not.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

try {
  process.exitCode = (await demo()) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await Promise.allSettled(servers.map((server) => server.stop()));
}
