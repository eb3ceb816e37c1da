// Ports that nothing listens on.
import { createServer } from "node:net";

/** Held all at once, lest one be given out twice. */
export async function freePorts(count) {
  const held = await Promise.all(Array.from({ length: count }, hold));
  const ports = held.map((server) => server.address().port);
  await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function hold() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
