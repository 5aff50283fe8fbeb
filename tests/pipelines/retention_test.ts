import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { beginWith } from "../begun.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

const cycles = 3;

Deno.test("retention: compacted, a run has the same agents and the same report, takes less room, and is sound", async () => {
  await using whole = new TestRun();
  await using compacted = new TestRun();
  await Promise.all([live(whole, 100), live(compacted, 1)]);
  assertEquals(await shown(compacted, "status"), await shown(whole, "status"));
  const of = async (test: TestRun) => (await shown(test, "report")).filter(({ type }) => type !== "report.step");
  assertEquals((await of(compacted)).map(untimed), (await of(whole)).map(untimed));

  using listing = Listing.open(compacted.paths.listing);
  const [gone] = listing.all<{ id: string }>("SELECT id FROM agents WHERE died < ? ORDER BY ordinal", cycles);
  assertEquals(listing.all("SELECT 1 FROM evaluations WHERE agent = ?", gone!.id), []);
  assertEquals(listing.all("SELECT 1 FROM evaluations WHERE cycle < ? AND evidence_hash IS NOT NULL", cycles), []);
  const { n } = listing.get<{ n: number }>("SELECT count(*) AS n FROM cycle_reports")!;
  assertEquals(n, cycles - 1);
  for (const table of ["builds", "statements"]) {
    const [some, all] = [rows(compacted, table), rows(whole, table)];
    assert(some < all, `${some} ${table} of ${all}`);
  }
  assertEquals(programs(compacted), programs(whole));

  assertEquals((await run(pipeline("doctor", "--run", compacted.name, "--check"))).code, 0);
  const explained = await run(pipeline("explain", "--run", compacted.name, gone!.id));
  assertEquals([explained.code, explained.records.at(-1)!.type], [0, "step.finished"]);
});

async function live(test: TestRun, kept: number): Promise<void> {
  const step = async (...args: [string, ...string[]]) => {
    const { code, err } = await run(pipeline(args[0], "--run", test.name, "--quiet", ...args.slice(1)));
    assertEquals([code, err], [0, ""]);
  };
  const make = async () => {
    const first = new TestRun();
    const { code, err } = await run(pipeline("init", "--run", first.name, "--quiet", "--count", "6", "--seed", "5"));
    assertEquals([code, err], [0, ""]);
    return first.paths.root;
  };
  await beginWith("TestRun init 6 5", make, test.paths.root);
  const config = {
    world: { steps: 20, episodes: 1 },
    selection: { replacementFraction: 0.5 },
    retention: { cycles: kept },
  };
  await Deno.writeTextFile(test.paths.config, JSON.stringify(config));
  await step("lifecycle", "--until", `${cycles}`, "--workers", "1", "--isolation", "shared");
}

async function shown(test: TestRun, step: string): Promise<Record<string, unknown>[]> {
  return (await run(pipeline(step, "--run", test.name))).records.slice(0, -1) as Record<string, unknown>[];
}

/**
 * A record of a report without what depends on the clock, on the run's name, and on which cycles are kept whole: what birth
 * genes did is read of these alone, as the report says.
 */
function untimed(
  {
    evaluationMs: _wall,
    evaluationCpu: _cpu,
    evaluationMemory: _memory,
    run: _run,
    operators: _operators,
    ...rest
  }: Record<string, unknown>,
): Record<string, unknown> {
  return rest;
}

function rows({ paths }: TestRun, table: string): number {
  using listing = Listing.open(paths.listing);
  return listing.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n;
}

/** Names of the programs in the store, which are those that agents share. */
function programs({ paths: { store } }: TestRun): string[] {
  return [...Deno.readDirSync(`${store}/programs`)].map(({ name }) => name).sort();
}
