import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { told } from "./_cluster.ts";
import { succeeds } from "./_installed.ts";
import { read } from "../docs_pages.ts";
import { natsServer } from "../evaluators/nats.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { isAll } from "../matrix.ts";
import { Containers, merged } from "./_containers.ts";

const files = ["compose.yaml", "compose.evaluators.yaml"] as const;

const isMerged = isAll && succeeds("docker-compose", "version");
if (isAll && !isMerged) console.warn("left out: the compose file of evaluators, as there is no docker-compose");
const isRun = isMerged && natsServer !== undefined && bubblewrap !== undefined && Deno.uid() === 0 &&
  succeeds("unshare", "--net", "ip", "link", "set", "lo", "up");
if (isAll && !isRun) {
  console.warn("left out: what the compose file of evaluators starts, which needs bubblewrap, ip and root");
}

Deno.test("compose.evaluators.yaml gives evaluators the public key alone, and all one network", {
  ignore: !isMerged,
}, async () => {
  const { network, broker, orchestrator, key, evaluator } = await merged(...files);
  for (const one of [broker, orchestrator, evaluator]) assertEquals(one!.network_mode, "service:network");
  assertEquals([network!.network_mode, key!.network_mode], [undefined, "none"]);
  assertEquals(evaluator!.volumes, ["key:/key:ro"]);
  for (const one of [network, broker, orchestrator, key, evaluator]) {
    assertEquals([one!.read_only, one!.cap_drop], [true, ["ALL"]]);
  }
  // A new volume has the owner of the image's folder.
  assertStringIncludes(await read("Dockerfile"), "chown 10001:10001 /data /metrics /key");
});

Deno.test("what compose.evaluators.yaml starts evaluates a run to what it is without it", {
  ignore: !isRun,
}, async () => {
  const few = (command: readonly string[]) => [
    ...command.map((word) => word === "1000000000" ? "1" : word),
    ...["--count", "12", "--seed", "7", "--no-race", "--quiet"],
  ];
  await using alone = new Containers(await merged("compose.yaml"));
  const home = await alone.up("orchestrator", () => few(["start", "--run", "main", "--cycles", "1"])).ended;
  assertEquals(home.code, 0, home.err);
  await using containers = new Containers(await merged(...files));
  await containers.up("network").saw("up");
  await containers.up("broker").saw("Server is ready");
  const orchestrator = containers.up("orchestrator", few);
  const key = containers.up("key");
  const evaluators = [1, 2].map(() => containers.up("evaluator"));
  assertEquals((await key.ended).code, 0);
  for (const one of evaluators) await one.saw("is ready");
  const { code, err } = await orchestrator.ended;
  assertEquals(code, 0, err);
  let evaluations = 0;
  for (const one of evaluators) {
    await containers.signal(one, "TERM");
    const { code, err, records } = await one.ended;
    assertEquals(code, 0, err);
    evaluations += (records.at(-1) as { counts: { evaluations: number } }).counts.evaluations;
  }
  // Those of births besides.
  assert(evaluations >= 12, `they have evaluated ${evaluations}`);
  assertEquals(told(runIn(containers)), told(runIn(alone)));
});

/** The run of a project's volume. */
function runIn(containers: Containers): Parameters<typeof told>[0] {
  return {
    rows: <T>(sql: string) => {
      using listing = Listing.open(`${containers.volume("data")}/runs/main/workspace/listing.db`);
      return listing.all<T>(sql);
    },
  };
}
