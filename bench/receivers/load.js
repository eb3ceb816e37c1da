// A load on one server: connections that are kept alive, each with one request at a time. Written down to the sockets, so that the
// server and not the client is what is measured.
import { connect } from "node:net";

/** Sends every request, over so many connections; gives requests a second, and the 99th percentile of their times in ms. */
export async function load(port, requests, connections) {
  let next = 0;
  const times = [];
  const start = performance.now();
  const sender = async () => {
    const connection = await open(port);
    while (next < requests.length) {
      const request = requests[next++];
      const sent = performance.now();
      const status = await connection.send(request);
      if (status !== 200) throw new Error(`expected 200, found ${status}`);
      times.push(performance.now() - sent);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, sender));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  return { throughput: requests.length / seconds, p99: times[Math.floor(times.length * 0.99)] };
}

function open(port) {
  return new Promise((resolve, reject) => {
    let answered = () => {};
    let received = "";
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () =>
      resolve({ send, close: () => socket.destroy() }),
    );
    const send = (request) => {
      socket.write(request);
      return new Promise((resolve, reject) => {
        answered = resolve;
        socket.once("close", () => reject(new Error("the server closed the connection")));
      });
    };
    socket.setEncoding("latin1");
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk;
      const end = received.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      if (received.length < end + 4 + Number(length)) return;
      const status = Number(received.slice(9, 12));
      received = "";
      socket.removeAllListeners("close");
      answered(status);
    });
  });
}
