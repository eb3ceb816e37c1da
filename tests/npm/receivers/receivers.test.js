// Every scenario against every server, over HTTP. HOOKSEAL_SERVERS names some of them, separated by semicolons, to run those alone.
import { after, before, describe, test } from "node:test";
import { freshSenders } from "../demo/senders.js";
import { Client } from "./client.js";
import { scenarios } from "./scenarios.js";
import { servers, start } from "./servers.js";

const wanted = process.env.HOOKSEAL_SERVERS?.split(";") ?? Object.keys(servers);

for (const name of wanted) {
  describe(name, () => {
    const [loop, glycanage] = freshSenders();
    let server;
    let client;
    before(async () => {
      server = await start(name, { HOOKSEAL_SECRET: loop.secret, HOOKSEAL_OTHER_SECRET: glycanage.secret });
      client = new Client(server, { loop, glycanage });
    });
    after(() => server?.stop());

    for (const [scenario, { needs, run }] of Object.entries(scenarios)) {
      test(scenario, async (t) => {
        if (needs && !server.can[needs]) return t.skip(`this server cannot ${needs}`);
        try {
          await run(client);
        } catch (error) {
          error.message += `\n${server.output().slice(-2000)}`;
          throw error;
        }
      });
    }
  });
}
