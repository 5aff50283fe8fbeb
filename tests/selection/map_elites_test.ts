import fc from "fast-check";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { cellOf, gridFigures } from "../../lib/selection/grid.ts";
import strategy from "../../lib/selection/strategies/map-elites.ts";
import type { Candidate, Given } from "../../lib/selection/strategy.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { candidate, firstParents, given, trial } from "./made.ts";

const descriptors = [{ measure: "size", min: 0, max: 10, bins: 5 }, { measure: "pace", min: -1, max: 1, bins: 2 }];
const options = { descriptors, mates: 0 } as Partial<Given["options"]> as Given["options"];

/** One that is of this size, in the worlds of a seed. */
function sized(ordinal: number, fitness: number, size: number, more: Partial<Candidate> = {}, seed = "0"): Candidate {
  return candidate(ordinal, { fitness, trials: [trial([fitness], { seed, measures: { size, pace: 0.5 } })], ...more });
}

const archived = (one: Candidate): Candidate => ({ ...one, id: `${one.id}@${one.genome}` });

Deno.test("cellOf() takes the mean over trials, and what is beyond the bounds is in the first or last bin", () => {
  const cell = (...measures: Record<string, number>[]) =>
    cellOf(candidate(0, { trials: measures.map((measures) => trial([0], { measures })) }), descriptors);
  assertEquals(cell({ size: 0, pace: -1 }), 0);
  assertEquals(cell({ size: 4, pace: 0 }), 5);
  assertEquals(cell({ size: 1, pace: 1 }, { size: 5, pace: 1 }), 3);
  assertEquals([cell({ size: -99, pace: -99 }), cell({ size: 99, pace: 99 })], [0, 9]);
  const { issue } = assertThrows(() => cell({ sise: 4, pace: 0 }), Misuse);
  assertEquals(issue.code, "selection.descriptor");
  assert(issue.message.endsWith("must name measures of a result: sise, pace; the nearest is sise."), issue.message);
});

Deno.test("map-elites: the archive has the best of each cell, as a plain implementation has it", () => {
  const anyResult = fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 12 }));
  fc.assert(
    fc.property(fc.array(anyResult, { maxLength: 12 }), fc.array(anyResult, { maxLength: 8 }), (before, now) => {
      const old = strategy.select(given(before.map(([fitness, size], i) => sized(i, fitness, size)), { options }));
      const living = now.map(([fitness, size], i) => sized(100 + i, fitness, size));
      const { archive, deaths } = strategy.select(given(living, { options, archive: old.archive.map(archived) }));
      const best = new Map<number, number>();
      for (const [fitness, size] of [...before, ...now]) {
        const bin = Math.min(4, Math.max(0, Math.floor(size / 2)));
        best.set(bin, Math.max(best.get(bin) ?? -Infinity, fitness));
      }
      const found = archive.map((one) => [(cellOf(one, descriptors) - 1) / 2, one.fitness!] as const);
      assertEquals(found.toSorted(([a], [b]) => a - b), [...best].sort(([a], [b]) => a - b));
      assertEquals(deaths.length, living.length);
      const figures = gridFigures(archive, descriptors);
      assertEquals([figures.filled, figures.coverage], [best.size, best.size / 10]);
      const all = [...best.values()];
      assertEquals(figures.qdScore, Math.min(0, ...all) < 0 ? null : all.reduce((sum, one) => sum + one, 0));
    }),
  );
});

Deno.test("map-elites: parents are drawn from the filled cells, each as often, those of old among them", () => {
  const archive = [sized(0, 1, 1), sized(1, 99, 3)].map(archived);
  const made = Array.from(
    { length: 50 },
    (_, seed) => strategy.select(given([sized(7, 5, 9)], { seed: `${seed}`, options, archive, size: 12 })),
  );
  const counts = Map.groupBy(made.flatMap(firstParents), (id) => id);
  assertEquals([...counts.keys()].sort(), ["agent-0@genome-0", "agent-1@genome-1", "agent-7"]);
  // 200 each, with a standard deviation of 11.5.
  assert([...counts.values()].every(({ length }) => Math.abs(length - 200) < 46));
});

Deno.test("map-elites: equals do not take a cell, what breaks less does", () => {
  const archive = [archived(sized(0, 5, 1)), archived(sized(1, 5, 3, { violation: 1 }))];
  const living = [sized(7, 5, 1), sized(8, 1, 3)];
  const kept = strategy.select(given(living, { options, archive })).archive.map(({ id }) => id);
  assertEquals(kept, ["agent-0@genome-0", "agent-8"]);
});

Deno.test("map-elites: where no genome can be a parent random ones are born", () => {
  const { births } = strategy.select(given([sized(0, 1, 1, { fertile: false })], { options, size: 3 }));
  assertEquals(births.map(({ kind }) => kind), ["random", "random", "random"]);
});

Deno.test("map-elites: what was not in the same worlds is compared in the next cycle, and neither wins before", () => {
  const elite = archived(sized(0, 9, 1, {}, "yesterday"));
  const living = [sized(7, 5, 1, {}, "today"), ...[8, 9, 10].map((i) => sized(i, 4, 1, {}, "today"))];
  const first = strategy.select(given(living, { options, archive: [elite] }));
  assertEquals(first.archive.map(({ id }) => id), [elite.id]);
  assertEquals(first.deaths.map(({ id }) => id), ["agent-8", "agent-9", "agent-10"]);
  assertEquals(first.births.map(({ kind, parents: [one] }) => [kind, one]), [
    ["copy", elite.id],
    ["birth", elite.id],
    ["birth", elite.id],
  ]);
  const copy = sized(20, 3, 1, { genome: elite.genome }, "tomorrow");
  const second = strategy.select(given([sized(7, 4, 1, {}, "tomorrow"), copy], { options, archive: [elite] }));
  assertEquals(second.archive.map(({ id }) => id), ["agent-7"]);
});
