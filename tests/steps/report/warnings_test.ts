import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CycleReport } from "../../../lib/records/report_cycle.ts";
import { warningsOf } from "../../../lib/steps/report/warnings.ts";

function cycle(more: Partial<CycleReport>): CycleReport {
  const diversity = { entropy: 0.5, distance: 0.3, pairs: 200, effective: 60 };
  const usual = {
    cycle: 7,
    state: "closed",
    judged: 100,
    counted: 100,
    outcomes: { finished: 95, crash: 5 },
    diversity,
  };
  return { ...usual, ...more } as CycleReport;
}

Deno.test("warningsOf() says nothing of a healthy cycle, of none, and of one that is open", () => {
  assertEquals(warningsOf([]), []);
  assertEquals(warningsOf([cycle({})]), []);
  assertEquals(warningsOf([cycle({}), cycle({ state: "open", outcomes: { crash: 100 } })]), []);
});

Deno.test("warningsOf() says by what cause many evaluations failed", () => {
  const [warning, ...others] = warningsOf([cycle({ outcomes: { finished: 80, crash: 12, world: 8 } })]);
  assertEquals(others, []);
  assertEquals(warning, "20 of 100 evaluations of cycle 7 failed: 12 by the agent, 8 by the template.");
});

Deno.test("warningsOf() says that a population has converged, by its genomes or by their distance", () => {
  const converged = (diversity: Partial<CycleReport["diversity"]>, counted = 100) =>
    warningsOf([cycle({ counted, diversity: { ...cycle({}).diversity!, ...diversity } })]);
  assertEquals(converged({ effective: 1.4 }).length, 1);
  assertStringIncludes(converged({ distance: 0.004 })[0]!, "mean distance of 0.4 %");
  assertEquals(converged({ effective: 5.1 }), []);
  assertEquals(converged({ effective: 1, distance: 0 }, 4), []);
  assert(warningsOf([cycle({ diversity: undefined })]).length === 0);
});
