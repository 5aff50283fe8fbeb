import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import type { EndReason } from "../../../lib/records/finished.ts";
import type { StepDetails } from "../../../lib/records/finished.ts";
import { RunLock } from "../../../lib/run/lock.ts";
import { endLine, endOf, type Ends, figuresOf } from "../../../lib/steps/lifecycle/ends.ts";
import { lifecycle } from "../../../lib/steps/lifecycle/lifecycle.ts";
import type { LifecycleOptions } from "../../../lib/steps/lifecycle/options.ts";
import { Population } from "../../acceptance/_population.ts";
import { activatePool } from "../../../lib/template/template.ts";
import { makeStep } from "../report/made_step.ts";
import { born } from "./born.ts";

type Best = readonly [best: number | null, violation?: number];

/** A listing whose closed cycles have had ten evaluations each, and these bests; one more cycle is open. */
async function listed(bests: readonly Best[], sense?: "minimise" | "maximise"): Promise<Listing> {
  const listing = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  for (const [i, [best, violation]] of bests.entries()) {
    const objective = sense && { name: "gap", sense, best: best === null ? null : sense === "minimise" ? -best : best };
    const statistics = { cycle: i + 1, evaluated: 10, score: { best, ...(violation && { violation }) }, objective };
    listing.run("INSERT INTO cycles VALUES (?, 'closed', ?, NULL)", i + 1, JSON.stringify(statistics));
  }
  listing.run("INSERT INTO cycles VALUES (?, 'open', NULL, NULL)", bests.length + 1);
  return listing;
}

function reasonOf(listing: Listing, ends: Ends): EndReason | undefined {
  return endOf(figuresOf(listing), ends)?.reason;
}

Deno.test("figuresOf() counts all closed cycles, and since when nothing better has come", async () => {
  using none = await listed([]);
  assertEquals(figuresOf(none), { cycle: 0, evaluations: 0, best: null, bestCycle: null, stagnation: 0 });
  using some = await listed([[null], [1], [3], [3], [2]]);
  assertEquals(figuresOf(some), { cycle: 5, evaluations: 50, best: 3, bestCycle: 3, stagnation: 2 });
  using unranked = await listed([[null], [null]]);
  assertEquals(figuresOf(unranked), { cycle: 2, evaluations: 20, best: null, bestCycle: null, stagnation: 2 });
  using feasible = await listed([[9, 1], [8, 0.5], [1], [7, 0.1]]);
  assertEquals(figuresOf(feasible), { cycle: 4, evaluations: 40, best: 1, bestCycle: 3, stagnation: 1 });
});

Deno.test("figuresOf() takes bests of former conditions or templates for none, recorded or just to come", async () => {
  using listing = await listed([[9], [8], [1], [2], [2]]);
  listing.setMeta("conditions", "b");
  assertEquals([figuresOf(listing, "a").best, figuresOf(listing, "b")], [9, {
    cycle: 5,
    evaluations: 50,
    best: null,
    bestCycle: null,
    stagnation: 0,
  }]);
  listing.setMeta("bestsSince", "3");
  assertEquals(figuresOf(listing), { cycle: 5, evaluations: 50, best: 2, bestCycle: 4, stagnation: 1 });
  // Another template: while it waits, and when it is taken up.
  listing.setMeta("pool", "former");
  listing.setMeta("next", "present");
  const none = { cycle: 5, evaluations: 50, best: null, bestCycle: null, stagnation: 0 };
  assertEquals(figuresOf(listing), none);
  assertEquals(activatePool(listing), true);
  assertEquals([listing.meta("bestsSince"), figuresOf(listing)], ["6", none]);
});

Deno.test("endOf() + a target in the world's sense, of what is feasible", async () => {
  using least = await listed([[-0.3], [-0.1]], "minimise");
  assertEquals([0.2, 0.1, 0.0999].map((target) => reasonOf(least, { target })), ["target", "target", undefined]);
  using most = await listed([[5], [7]], "maximise");
  assertEquals([6, 7, 7.01].map((target) => reasonOf(most, { target })), ["target", "target", undefined]);
  using scores = await listed([[-5]]);
  assertEquals([-6, -5, -4].map((target) => reasonOf(scores, { target })), ["target", "target", undefined]);
  using broken = await listed([[99, 0.01]]);
  assertEquals(reasonOf(broken, { target: 1 }), undefined);
  using unranked = await listed([[null]]);
  assertEquals(reasonOf(unranked, { target: 0 }), undefined);
});

Deno.test("endOf() + several ends: each at its count, and the most telling first", async () => {
  using listing = await listed([[1], [1], [1]]);
  assertEquals([31, 30, 1].map((evaluations) => reasonOf(listing, { evaluations })), [
    undefined,
    "evaluations",
    "evaluations",
  ]);
  assertEquals([3, 2, 1].map((stagnation) => reasonOf(listing, { stagnation })), [
    undefined,
    "stagnation",
    "stagnation",
  ]);
  assertEquals(reasonOf(listing, { target: 1, evaluations: 30, stagnation: 2 }), "target");
  assertEquals(reasonOf(listing, { target: 2, evaluations: 30, stagnation: 2 }), "evaluations");
});

Deno.test("endLine() + figures of any size: one line of 80 columns with the step's name", async () => {
  using listing = await listed([[-123456.789012], [-123456.789012]], "minimise");
  const figures = {
    ...figuresOf(listing),
    cycle: 123456,
    evaluations: 123456789,
    bestCycle: 123455,
    stagnation: 123456,
  };
  const lines = (["target", "evaluations", "stagnation", "cycles"] as const).map((reason) =>
    endLine({ reason, asked: 123456 }, figures, { target: 1 })!
  );
  assertEquals(lines, [
    "ended: gap 123457 of cycle 123455 reaches --target 123456.",
    "ended after 123456789 evaluations; best gap 123457 in cycle 123455.",
    "ended: 123456 cycles without a gap better than 123457.",
    "ended after cycle 123456; best gap 123457 in cycle 123455.",
  ]);
  for (const line of lines) assert(`lifecycle: ${line}`.length <= 80, line);
  assertEquals(endLine({ reason: "cycles", asked: 3 }, figures, {}), undefined);
});

/** A chain in this process. */
async function chained(run: Population, options: Partial<LifecycleOptions>) {
  const { step } = makeStep(run.paths.root, { name: run.name });
  const said: string[] = [], cycles: number[] = [];
  const details: StepDetails = step.details;
  using lock = await RunLock.take(run.paths, { step: step.name, chain: true, signal: step.signal, onWait: () => {} });
  const counts = await lifecycle({ ...step, say: (text) => void said.push(text) }, {
    isolation: "shared",
    concurrency: 1,
    race: false,
    ...options,
    token: lock.token,
    onCycle: ({ cycle }) => void cycles.push(cycle),
  }).catch((error) => {
    throw Object.assign(error, { details });
  });
  return { ...details, counts, cycles, said: said.at(-1)! };
}

/** The closing record of a chain that was killed in its first cycle, and stopped in the next, whichever that was. */
async function endedTorn(run: Population, ends: readonly string[]): Promise<Record<string, unknown>> {
  const flags = [...ends, "--isolation", "shared", "--log-level", "debug"];
  for (const [seen, signal] of [["select", "SIGKILL"], ["supervise", "SIGINT"]] as const) {
    const part = run.begin("lifecycle", ...flags);
    await part.saw(`${seen} has finished`);
    part.child.kill(signal);
    const { records } = await part.ended;
    if (signal === "SIGINT") assertEquals(records.at(-1)!.reason, "stopped");
  }
  return (await run.step("lifecycle", ...flags)).records.at(-1)!;
}

Deno.test("lifecycle: each end is the run's, over calls and kills: at the close of a cycle, and at once in the next call", async () => {
  await using run = await born();
  const budget = await chained(run, { evaluations: 7, target: 1e9 });
  const { reason, asked, reached, cycles, counts } = budget;
  assertEquals([reason, asked, reached!.evaluations, cycles, counts.updates], ["evaluations", 7, 11, [1, 2], 2]);
  assertStringIncludes(budget.said, "ended after 11 evaluations; best score ");
  const again = await chained(run, { evaluations: 11, cycles: 5 });
  assertEquals([again.reason, again.cycles, again.counts.updates, again.reached], ["evaluations", [], 0, reached]);
  assertEquals(run.rows("SELECT name FROM cursors WHERE name LIKE 'lifecycle%'"), []);
  const target = await chained(run, { target: reached!.best! });
  assertEquals([target.reason, target.cycles], ["target", []]);
  await using torn = await born();
  const { reason: last, reached: same } = await endedTorn(torn, ["--evaluations", "7", "--stagnation", "5"]);
  assertEquals([last, same, await torn.status()], ["evaluations", reached, await run.status()]);
  // Another world: what was best says nothing of it, but the evaluations are spent.
  await run.configure({ world: { steps: 21, episodes: 1 } });
  assertEquals((await chained(run, { evaluations: 11 })).cycles, []);
  const other = await chained(run, { target: -1e9, stagnation: 1 });
  assertEquals([other.reason, other.cycles, other.reached!.bestCycle, other.reached!.stagnation], [
    "target",
    [3],
    3,
    0,
  ]);
  const none = await chained(run, { cycles: 0, stagnation: 9 });
  assertEquals([none.reason, none.asked, none.cycles], ["cycles", 0, []]);
  assertStringIncludes(none.said, "ended after cycle 3; best score ");
});

Deno.test("lifecycle: where no agent is left the closing record says so", async () => {
  await using run = await born();
  using listing = Listing.open(run.paths.listing);
  listing.run("UPDATE agents SET status = 'dead', stage = 'removed'");
  const error = await assertRejects(() => chained(run, { cycles: 1 }), Error, "all agents are dead");
  const { reason, reached } = (error as unknown as { details: StepDetails }).details;
  assertEquals([reason, reached!.cycle], ["extinct", 0]);
});

Deno.test("lifecycle and start refuse ends that are none, or that are never there first", async () => {
  await using run = new Population();
  const cases: [string[], string][] = [
    [["--evaluations", "0"], "must be a whole number from 1 to 1000000000000; the nearest valid one is 1"],
    [["--target", "fast"], "must be a number from -1000000000000 to 1000000000000"],
    [["--target", "Infinity"], "must be a number from -1000000000000 to 1000000000000"],
    [["--stagnation", "1.5"], "must be a whole number from 1 to 1000000000; the nearest valid one is 2"],
  ];
  for (const [flags, message] of cases) {
    for (const step of ["lifecycle", "start"]) {
      assertStringIncludes((await run.fails(2, step, ...flags)).err, message);
    }
  }
  await using made = await born();
  const { err } = await made.fails(2, "lifecycle", "--until", "5", "--stagnation", "5");
  assertStringIncludes(err, "Cannot use --stagnation 5 as it must be less than --until 5, which is there first.");
  // A number below 0 is no flag.
  const { records } = await made.step("lifecycle", "--until", "0", "--target", "-5");
  assertEquals(records.at(-1)!.reason, "cycles");
});
