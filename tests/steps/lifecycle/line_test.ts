import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { cycleNote, CycleTable } from "../../../lib/steps/lifecycle/line.ts";
import type { CycleStatistics } from "../../../lib/records/cycle.ts";

const scores = { best: 34.9, median: 9.149, mean: 10.88, ranked: 100 };
const plain: CycleStatistics = {
  cycle: 10,
  alive: 100,
  born: 30,
  died: 30,
  disabled: 0,
  changed: 38,
  score: scores,
  evaluated: 100,
  failed: {},
  limited: 0,
};

Deno.test("CycleTable: the heading comes once, and columns stand below each other", () => {
  const table = new CycleTable();
  const lines = `${table.of(plain)}${table.of({ ...plain, cycle: 11, score: { ...scores, median: null } })}`.split(
    "\n",
  );
  assertEquals(lines, [
    "  cycle   alive    born    died disabled changed      best    median      mean",
    "     10     100      30      30        0      38     34.90      9.15     10.88",
    "     11     100      30      30        0      38     34.90         –     10.88",
    "",
  ]);
});

Deno.test("CycleTable: all populations and scores fit 80 columns, apart from each other", () => {
  const count = fc.nat(1_000_000);
  const score = fc.oneof(
    fc.constant(null),
    fc.double({ min: -1e300, max: 1e300, noNaN: true }),
    fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  );
  const statistics = fc.record({
    cycle: count,
    alive: count,
    born: count,
    died: count,
    disabled: count,
    changed: count,
  });
  fc.assert(fc.property(statistics, score, score, score, (some, best, median, mean) => {
    const [heading, line] = new CycleTable().of({ ...plain, ...some, score: { best, median, mean, ranked: 1 } }).split(
      "\n",
    );
    assert(line!.length <= 80, line);
    assertEquals(line!.length, heading!.length);
    const cells = line!.trim().split(/ +/);
    assertEquals(cells.slice(0, 6).map(Number), Object.values(some));
    for (const [i, one] of [best, median, mean].entries()) {
      const cell = cells[6 + i]!;
      if (one === null) assertEquals(cell, "–");
      else assert(Math.abs(Number(cell) - one) <= Math.max(Math.abs(one) * 0.06, 0.0051), `${cell} for ${one}`);
      if (one !== null && one !== 0) assert(Number(cell) !== 0, `${cell} for ${one}`);
    }
  }));
});

Deno.test("cycleNote() says in words what failed by another fault than the agents', and what a limit of the machine ended", () => {
  assertEquals(cycleNote(plain), undefined);
  assertEquals(cycleNote({ ...plain, failed: { agent: 3 } }), undefined);
  assertStringIncludes(cycleNote({ ...plain, failed: { agent: 3, template: 2 } })!, "2 by the template failed");
  assertStringIncludes(cycleNote({ ...plain, failed: { agent: 100 } })!, "no score: all 100 evaluations failed");
  assertStringIncludes(cycleNote({ ...plain, evaluated: 0 })!, "no evaluation was due");
  const broken = { ...plain, score: { ...plain.score, violation: 2.5 } };
  assertStringIncludes(cycleNote(broken)!, "the best is not feasible: it breaks what must hold by 2.5.");
  assertStringIncludes(cycleNote({ ...plain, limited: 2 })!, "2 ended by a limit of the machine");
});
