import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Project } from "../acceptance/_project.ts";
import { makeKeys } from "../../lib/steps/keys/keys.ts";
import { NatsServer, natsServer } from "../evaluators/nats.ts";
import { begin, type Ended, pipeline } from "../step/_run.ts";

const codeOf = ({ records }: Ended) => (records.at(-1)!.issue as { code: string }).code;

const ignore = natsServer === undefined;

Deno.test("keys made where the runs are let an evaluator of another checkout in by one folder alone", {
  ignore,
}, async () => {
  await using home = await Project.copy();
  const first = await home.ends(2, "keys");
  assertEquals(codeOf(first), "keys.missing");
  await home.step("key");
  const { err, records } = await home.step("keys", "--host", "head1");
  const [made] = records as { written: string[]; hosts: string[]; until: string }[];
  assertEquals(made!.hosts, ["localhost", "127.0.0.1", "::1", "head1"]);
  const keys = `${home.folder}/workspace/keys/nats`;
  for (const path of made!.written) assertEquals(Deno.statSync(`${keys}/${path}`).mode! & 0o077, 0, path);
  assertStringIncludes(err, "copy workspace/keys/nats/evaluator to the same place");
  const flags = ["--count", "3", "--seed", "7"];
  for (const [step, ...args] of [["init", ...flags], ["scan"], ["sync-wiring"], ["build"]]) {
    await home.step(step!, ...args);
  }

  const paths = { brokerKeys: keys, publicKey: `${home.folder}/workspace/keys/public/signing.json` };
  const renew = async (daysAgo: number) => {
    const flags = { host: undefined, days: 10, renew: true, replace: false };
    await makeKeys(paths, flags, Date.now() - daysAgo * 86_400_000);
  };
  await renew(30);
  await using server = await NatsServer.start({ broker: `${keys}/broker` });
  const url = server.url.replace("nats://", "tls://");
  await using other = await Project.copy();
  const at = (project: Project, step: string, ...args: string[]) =>
    begin(pipeline(step, ...args), undefined, undefined, project.folder);
  const join = () => at(other, "evaluator", "--server", url, "--concurrency", "1", "--isolation", "shared");
  const without = await join().ended;
  assertEquals([without.code, codeOf(without)], [1, "evaluator.key"]);
  const folder = `${other.folder}/workspace/keys/nats`;
  await Deno.mkdir(folder, { recursive: true });
  const { success } = await new Deno.Command("cp", { args: ["-r", `${keys}/evaluator`, folder] }).output();
  assert(success);
  // What is wrong is one message, and so it is where it goes wrong later.
  const expired = await join().ended;
  assertEquals([expired.code, codeOf(expired), expired.err.trim().split("\n").length], [1, "broker.expired", 1]);
  assertEquals(codeOf(await home.ends(1, "supervise", "--evaluators", url)), "broker.expired");
  assertEquals(codeOf(await home.ends(1, "status", "--evaluators", url)), "broker.expired");
  await renew(0);
  await server.restart();
  const evaluator = join();
  await evaluator.saw("waits for the first `deno task supervise --evaluators`");
  const supervised = await home.step("supervise", "--isolation", "shared", "--evaluators", url);
  const { elsewhere, atHome } = supervised.records.at(-1)!.counts as Record<string, number>;
  assertEquals([elsewhere, atHome], [3, 0]);
  const seen = await home.step("status", "--evaluators", url);
  assertEquals((seen.records.at(-1)!.counts as Record<string, number>).ready, 1);
  await renew(30);
  await server.restart();
  await evaluator.saw("the certificate that it shows must be valid now: it has expired at");
  await renew(0);
  await server.restart();
  await evaluator.saw("is connected again");
  evaluator.child.kill("SIGTERM");
  const ended = await evaluator.ended;
  assertEquals(ended.code, 0, ended.err);
});
