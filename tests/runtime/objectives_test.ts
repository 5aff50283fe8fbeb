import { assertEquals, assertThrows } from "@std/assert";
import type { Objective } from "../../lib/runtime/contract.ts";
import { EvaluationFailure } from "../../lib/runtime/failure.ts";
import { judgedEpisode } from "../../lib/runtime/objectives.ts";

const objectives: Objective[] = [{ name: "gap", sense: "minimise" }, { name: "speed", sense: "maximise" }];

Deno.test("judgedEpisode() turns the sign of a minimised objective, and keeps the world's values", () => {
  const judged = judgedEpisode({ objectives: { speed: 2, gap: 3.5 }, violation: 0.25, measures: { moves: 7 } }, {
    objectives,
  });
  assertEquals(judged, {
    score: -3.5,
    objectives: [3.5, 2],
    violation: 0.25,
    measures: { speed: 2, gap: 3.5, moves: 7 },
  });
  const reversed = judgedEpisode({ objectives: { speed: 2, gap: 0 } }, { objectives: objectives.toReversed() });
  assertEquals(reversed, { score: 2, objectives: [2, 0], measures: { speed: 2, gap: 0 } });
  assertEquals(Object.is(judgedEpisode({ objectives: { speed: 2, gap: 0 } }, { objectives }).score, 0), true);
});

Deno.test("judgedEpisode() takes a score as it always did", () => {
  assertEquals(judgedEpisode({ score: 2, measures: { at: -1 } }, {}), { score: 2, measures: { at: -1 } });
  for (
    const found of [
      { score: -1, measures: {} },
      { score: NaN, measures: {} },
      { score: 1 },
      { objectives: {} },
      null,
      7,
    ]
  ) {
    assertThrows(() => judgedEpisode(found, {}), EvaluationFailure, "world.ts#judge must give");
  }
});

Deno.test("judgedEpisode() demands just the objectives that are declared", () => {
  const good = { gap: 1, speed: 1 };
  for (
    const [found, demand] of [
      [{ score: 1, measures: {} }, "the objectives gap, speed"],
      [{ objectives: { gap: 1 } }, "the objective speed"],
      [{ objectives: { ...good, more: 1 } }, "no objectives but those"],
      [{ objectives: { ...good, gap: NaN } }, "finite"],
      [{ objectives: { ...good, gap: 1e13 } }, "1e12"],
      [{ objectives: good, violation: -1 }, "violation"],
      [{ objectives: good, violation: Infinity }, "violation"],
      [{ objectives: good, measures: { gap: 2 } }, "gap is both"],
    ] as const
  ) assertThrows(() => judgedEpisode(found, { objectives }), EvaluationFailure, demand);
});
