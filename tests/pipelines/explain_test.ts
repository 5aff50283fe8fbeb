import type { AnyRecord } from "../../lib/records/record.ts";
import type { StepRecord } from "../../lib/records/records.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { explain } from "../../lib/steps/explain/explain.ts";
import type { StepContext } from "../../lib/step/context.ts";
import { begin, pipeline } from "../step/_run.ts";
import { NamedRun } from "./named_run.ts";

/** A template whose gene fails in some worlds, so that evaluations end in more than one way. */
const moody = `import type { GeneContext } from "evolve/contract";

/** @phase act */
export function sulk(context: GeneContext): number {
  if (context.random() < 0.2) throw new Error("No.");
  return 0;
}
`;

Deno.test("explain: every birth, build, failure, disabling and death of a real run has its reason", async () => {
  await using run = await NamedRun.make({ "src/sulk.ts": moody });
  assertEquals((await run.init("--count", "8", "--active", "0.8")).code, 0);
  const evaluated = await run.step("lifecycle", ["--cycles", "3", "--sleep", "0", "--quiet"]);
  assertEquals(evaluated.code, 0, evaluated.stderr);
  using listing = Listing.open(run.paths.listing);
  const agents = listing.all<{ id: string; kind: string; status: string }>(
    "SELECT id, kind, status FROM agents ORDER BY ordinal",
  );
  const stories = agents.map(({ id }) => {
    const records: AnyRecord[] = [];
    const step = { paths: run.paths, args: [id], emit: (record: StepRecord) => void records.push({ ...record }) };
    explain(step as unknown as StepContext);
    return records;
  });
  const times = (what: string) => stories.flat().filter((record) => record.event === what).length;
  const count = (sql: string) => Number(Object.values(listing.get(`SELECT count(*) FROM ${sql}`)!)[0]);
  for (const [i, { kind, status }] of agents.entries()) {
    const whats = stories[i]!.map(({ event }) => event);
    assertEquals(whats[0], kind === "init" ? "created" : kind === "birth" ? "born" : "copied");
    assertEquals(whats.at(-1), status === "dead" ? "died" : "now");
    if (status === "disabled") assert(whats.includes("disabled"));
    // What it is, it became step by step: no cycle is told of before an earlier one.
    const cycles = stories[i]!.map(({ cycle }) => Number(cycle));
    assertEquals(cycles, cycles.toSorted((a, b) => a - b));
  }
  assertEquals(times("built") + times("refused"), count("agent_builds"));
  assertEquals(times("evaluated") + times("failed"), count("evaluations"));
  assertEquals(times("ranked"), count("ranks"));
  assertEquals(times("disabled"), count("events WHERE type = 'agent.disabled'"));
  assertEquals(times("died"), count("agents WHERE status = 'dead'"));
  assert(times("failed") > 0 && times("died") > 0 && times("born") > 0);
  assert(stories.flat().every(({ reason }) => typeof reason === "string" && !/undefined|null|NaN/.test(reason)));
  // A parent's story and its child's agree.
  for (const { id, children } of stories.flat().filter(({ event }) => event === "ranked")) {
    for (const child of children as { id: string }[]) {
      const parents = stories[agents.findIndex((agent) => agent.id === child.id)]![0]!.parents as { id: string }[];
      assert(parents.some((parent) => parent.id === id));
    }
  }

  const { id } = agents.find(({ status }) => status === "dead")!;
  const own = stories[agents.findIndex((agent) => agent.id === id)]!;
  const { code, records } = await run.step("explain", [id.slice(0, 12)]);
  assertEquals([code, records.length], [0, own.length + 1]);
  assertEquals(records[0], { ...own[0], step: "explain" });
  const { out } = await begin(pipeline("explain", "--run", run.name, id, "--format", "table", "--since", "1")).ended;
  assertStringIncludes(out, String(own.at(-1)!.reason));
  const unknown = await run.step("explain", ["zzzz"]);
  assertEquals([unknown.code, unknown.records.at(-1)!.ok], [2, false]);
  assertStringIncludes(unknown.stderr, 'Cannot find an agent whose id is "zzzz" or begins so');
  const odd = await run.step("explain", ["../x"]);
  assertEquals([odd.code, odd.stdout], [2, ""]);
});
