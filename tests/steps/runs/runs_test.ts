import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { RunLock } from "../../../lib/run/lock.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { pipeline, run, TestRun } from "../../step/_run.ts";

const runs = (...args: string[]) => run(pipeline("runs", ...args));
const issueOf = (record: Record<string, unknown> | undefined) => record?.issue as { code: string; message: string };

Deno.test("runs lists each run with cycles, living agents, the best of them, disk and the step at work", async () => {
  await using test = new TestRun().list(3).list(1, "dead");
  {
    using listing = Listing.open(test.paths.listing);
    listing.setMeta("template", "examples/starter");
    listing.run("INSERT INTO cycles (cycle, state) VALUES (7, 'closed'), (8, 'open')");
    listing.run("UPDATE agents SET scored_genome_hash = genome_hash, score = ordinal");
    listing.run("UPDATE agents SET violation = 1 WHERE ordinal = 2");
  }
  await using empty = new TestRun();
  await Deno.mkdir(empty.paths.workspace, { recursive: true });
  await Deno.writeTextFile(empty.paths.listing, "damaged");
  const options = { step: "select", chain: false, signal: AbortSignal.timeout(60_000), onWait: () => {} };
  using _lock = await RunLock.take(test.paths, options);
  const { code, records } = await runs();
  const found = (name: string) => records.find((record) => record.run === name)!;
  assertEquals(code, 0);
  const { bytes, ...rest } = found(test.name);
  assertEquals(rest, {
    type: "run.listed",
    step: "runs",
    id: null,
    ok: true,
    run: test.name,
    template: "examples/starter",
    cycles: 7,
    size: 3,
    best: test.ids[1],
    score: 1,
    holder: "select",
  });
  assert(bytes as number >= (await Deno.stat(test.paths.listing)).size);
  assertEquals([found(empty.name).ok, issueOf(found(empty.name)).code], [false, "listing.damaged"]);
  assertStringIncludes(issueOf(found(empty.name)).message, `restore --run ${empty.name}`);
  const table = await runs("--format", "table");
  assert(
    new RegExp(`^${test.name} +examples/starter +7 +3 +score 1.00 +[0-9.]+ kB +select\\b`, "m").test(table.out),
    table.out,
  );
});

Deno.test("runs --remove refuses a run in use and a name that no run has, and removes nothing then", async () => {
  await using test = new TestRun().list(1);
  const refused = async (name: string, wanted: number, code: string, hint: string) => {
    const ended = await runs("--remove", name);
    assertEquals([ended.code, issueOf(ended.records.at(-1)).code], [wanted, code], ended.err);
    assertStringIncludes(ended.err, hint);
  };
  {
    const options = { step: "lifecycle", chain: true, signal: AbortSignal.timeout(60_000), onWait: () => {} };
    using _lock = await RunLock.take(test.paths, options);
    await refused(test.name, 1, "runs.busy", `lifecycle (process ${Deno.pid}) is at work on it`);
  }
  await Deno.mkdir(test.paths.residents);
  await Deno.writeTextFile(`${test.paths.residents}/nonce.pid`, "1");
  await refused(test.name, 1, "runs.busy", `run \`deno task stop --run ${test.name}\` first`);
  await refused(`${test.name}x`, 2, "runs.unknown", `the nearest one is ${test.name}`);
  await Deno.remove(test.paths.workspace, { recursive: true });
  await refused(test.name, 2, "runs.unknown", "there is no workspace in it");
  assert(infoOf(test.paths.root));
  for (const name of ["..", ".", "a/b", ""]) assertEquals((await runs("--remove", name)).code, 2, name);
});

Deno.test("runs --remove removes a run with what it links, and never what a link leads to", async () => {
  const disk = await Deno.makeTempDir();
  await using test = new TestRun().list(1);
  await Deno.mkdir(`${disk}/agents`);
  await Deno.writeTextFile(`${disk}/agents/mine`, "");
  await Deno.symlink(`${disk}/agents`, test.paths.agents);
  await Deno.symlink(disk, `${test.paths.workspace}/link`);
  const { code, records, err } = await runs("--remove", test.name);
  assertEquals([code, records[0]?.type, records[0]?.run, records[0]?.left], [0, "run.removed", test.name, [
    test.paths.agents,
  ]]);
  assertStringIncludes(err, "what it led to is still there");
  assertEquals([infoOf(test.paths.root), infoOf(`${disk}/agents/mine`)?.isFile], [undefined, true]);

  // The run as a whole may be a link as well, also to nothing or to itself.
  await using linked = new TestRun();
  for (const target of [disk, `${disk}/nothing`, linked.paths.root]) {
    await Deno.symlink(target, linked.paths.root);
    assertEquals((await runs()).records.find((record) => record.run === linked.name)?.ok, false, target);
    const ended = await runs("--remove", linked.name);
    assertEquals([ended.code, infoOf(linked.paths.root)], [0, undefined], ended.err);
  }
  assertEquals(infoOf(`${disk}/agents/mine`)?.isFile, true);
  await Deno.remove(disk, { recursive: true });
});

Deno.test("runs finishes a removal that was killed half-way, and lists none of it", async () => {
  await using test = new TestRun().list(1);
  const half = `${projectRoot}/runs/.removed-${test.name}-1`;
  await Deno.rename(test.paths.root, half);
  const { code, err, records } = await runs();
  assertEquals([code, records.some((record) => record.run === test.name), infoOf(half)], [0, false, undefined]);
  assertStringIncludes(err, "finished removing");
});
