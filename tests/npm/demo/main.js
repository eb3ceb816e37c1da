// What `cargo xtask demo` runs: the same deliveries, over HTTP, to each example, and one table of what they answer.
import { deliveries } from "./deliveries.js";
import { deliver } from "./http.js";
import { freshSenders } from "./senders.js";
import { launch } from "./servers.js";
import { print } from "./table.js";

const interrupted = new Promise((_, reject) => {
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => reject(new Error(`stopped by ${signal}`)));
});

async function demo(senders, servers) {
  await Promise.all(servers.map((server) => server.ready));
  const rows = [];
  for (const delivery of deliveries(senders)) {
    const verdicts = [];
    for (const server of servers) verdicts.push(await deliver(delivery, server));
    rows.push({ ...delivery, verdicts });
  }
  return print(
    rows,
    servers.map((server) => server.name),
  );
}

const senders = freshSenders();
const servers = await launch(senders);
try {
  const agreed = await Promise.race([demo(senders, servers), interrupted]);
  process.exitCode = agreed ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
