// What `cargo xtask test` runs beside the tests of the stores: starts the services, prints where they are as a line of JSON, and ends
// them when its input ends.
import { startPostgres } from "./postgres.js";
import { startCluster, startRedis } from "./redis.js";

const [redis, cluster, postgres] = await Promise.all([startRedis(), startCluster(), startPostgres()]);
const all = [redis, cluster, postgres];

const where = {
  HOOKSEAL_REDIS: redis.url,
  HOOKSEAL_REDIS_CLUSTER: cluster.ports.map((port) => `redis://127.0.0.1:${port}`).join(","),
  HOOKSEAL_POSTGRES: postgres.url,
};
console.log(JSON.stringify(where));

process.stdin.resume();
process.stdin.on("end", async () => {
  await Promise.allSettled(all.map((service) => service.stop()));
  process.exit(0);
});
