import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Project } from "../acceptance/_project.ts";
import { NatsServer, natsServer } from "../evaluators/nats.ts";
import { begin, pipeline } from "../step/_run.ts";

const ignore = natsServer === undefined;

Deno.test("keys made where the runs are let an evaluator of another checkout in by one folder alone", {
  ignore,
}, async () => {
  await using home = await Project.copy();
  const first = await home.ends(2, "keys");
  assertEquals((first.records.at(-1)!.issue as { code: string }).code, "keys.missing");
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

  await using server = await NatsServer.start({ broker: `${keys}/broker` });
  const url = server.url.replace("nats://", "tls://");
  await using other = await Project.copy();
  const at = (project: Project, step: string, ...args: string[]) =>
    begin(pipeline(step, ...args), undefined, undefined, project.folder);
  const join = () => at(other, "evaluator", "--server", url, "--concurrency", "1", "--isolation", "shared");
  const without = await join().ended;
  assertEquals([without.code, (without.records.at(-1)!.issue as { code: string }).code], [1, "evaluator.key"]);
  const folder = `${other.folder}/workspace/keys/nats`;
  await Deno.mkdir(folder, { recursive: true });
  const { success } = await new Deno.Command("cp", { args: ["-r", `${keys}/evaluator`, folder] }).output();
  assert(success);
  const evaluator = join();
  await evaluator.saw("waits for the first `deno task supervise --evaluators`");
  const supervised = await home.step("supervise", "--isolation", "shared", "--evaluators", url);
  const { elsewhere, atHome } = supervised.records.at(-1)!.counts as Record<string, number>;
  assertEquals([elsewhere, atHome], [3, 0]);
  const seen = await home.step("status", "--evaluators", url);
  assertEquals((seen.records.at(-1)!.counts as Record<string, number>).ready, 1);
  evaluator.child.kill("SIGTERM");
  const ended = await evaluator.ended;
  assertEquals(ended.code, 0, ended.err);
});
