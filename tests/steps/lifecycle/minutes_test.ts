import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lifecycle } from "../../../lib/steps/lifecycle/lifecycle.ts";
import type { LifecycleOptions } from "../../../lib/steps/lifecycle/options.ts";
import { RunLock } from "../../../lib/run/lock.ts";
import { Population, until } from "../../acceptance/_population.ts";
import { makeStep } from "../report/made_step.ts";
import { type Ended } from "../../step/_run.ts";
import { born } from "./born.ts";

/** A chain in this process, on a clock on which each cycle takes as many seconds as is said, and nothing else any time. */
async function chained(run: Population, seconds: readonly number[], options: Partial<LifecycleOptions>) {
  const { step } = makeStep(run.paths.root, { name: run.name });
  const said: string[] = [], cycles: number[] = [];
  const { name, signal } = step;
  using lock = await RunLock.take(run.paths, { step: name, chain: true, signal, onWait: () => {} });
  let now = 0;
  const counts = await lifecycle({ ...step, say: (text) => void said.push(text) }, {
    isolation: "shared",
    concurrency: 1,
    race: false,
    ...options,
    token: lock.token,
    now: () => now,
    onCycle: ({ cycle }) => {
      now += seconds[cycles.length]! * 1000;
      cycles.push(cycle);
    },
  });
  const { reason, openCycle } = step.details;
  return { counts, cycles, reason, openCycle, said };
}

function goals(run: Population): unknown[] {
  return run.rows("SELECT name FROM cursors WHERE name LIKE 'lifecycle%'");
}

Deno.test("lifecycle: --minutes begins no cycle that would take it beyond, and gives the rest of --cycles up", async () => {
  await using run = await born();
  const first = await chained(run, [20, 15], { cycles: 4, minutes: 0.9 });
  assertEquals([first.cycles, first.reason, first.openCycle], [[1, 2], "minutes", undefined]);
  assertEquals(first.counts, { updates: 2, cycles: 2 });
  assertStringIncludes(first.said.at(-1)!, "ended for time: cycle 3 would go beyond --minutes 0.9");
  assertEquals(goals(run), []);
  // So many more count from there, and what is reached in time was not ended by it.
  const second = await chained(run, [20], { cycles: 1, minutes: 0.9 });
  assertEquals([second.cycles, second.reason, goals(run)], [[3], "cycles", []]);
  const third = await chained(run, [], { until: 3, minutes: 0.9 });
  assertEquals([third.cycles, third.reason, third.counts.updates], [[], "cycles", 0]);
  // With minutes alone it goes on until the time is over, with the pause counted.
  const fourth = await chained(run, [10], { minutes: 1, sleep: 60 });
  assertEquals([fourth.cycles, fourth.reason], [[4], "minutes"]);
});

Deno.test("lifecycle: ended for time anywhere, it begins a cycle each time and comes to the same population", async () => {
  await using whole = await born();
  await using torn = await born();
  await whole.step("lifecycle", ...until(2));
  const opened: unknown[] = [], finished: unknown[] = [];
  let last: Ended | undefined;
  // Each time has four times as long, so that it comes to its end on any machine; the first one has no time at all.
  for (let minutes = 1e-6; last === undefined || last.records.at(-1)!.reason === "minutes"; minutes *= 4) {
    if (minutes < 0.01 && last !== undefined) minutes = 0.01;
    last = await torn.step("lifecycle", "--until", "2", "--isolation", "shared", "--minutes", String(minutes));
    const { ok, counts, openCycle, interrupted } = last.records.at(-1)!;
    finished.push(...last.records.filter(({ type }) => type === "cycle.finished").map(({ cycle }) => cycle));
    assertEquals([ok, interrupted], [true, undefined]);
    if (openCycle === undefined) continue;
    opened.push(openCycle);
    assert((counts as { updates: number }).updates > 0);
    assertStringIncludes(
      last.err,
      `in cycle ${openCycle}; the next run goes on there.`,
    );
    assertEquals(last.err.includes("nothing to do"), false);
  }
  assertEquals([opened[0], finished], [1, [1, 2]]);
  assertEquals(await torn.status(), await whole.status());
});

Deno.test("lifecycle refuses --minutes that are no time", async () => {
  await using run = new Population();
  for (const minutes of ["0", "-1", "0.0", "NaN", "Infinity", "1e999", "two", ""]) {
    const { err } = await run.fails(2, "lifecycle", "--minutes", minutes);
    assertStringIncludes(err, "must be a number above 0");
  }
});
