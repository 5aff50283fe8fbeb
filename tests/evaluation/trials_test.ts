import { assert, assertEquals } from "@std/assert";
import { worldsOf } from "../../lib/run/worlds.ts";
import { areComparable } from "../../lib/selection/trials.ts";
import { Trials } from "../../lib/evaluation/trials.ts";
import { candidate } from "../selection/made_candidates.ts";
import { madePool } from "../steps/report/made_run.ts";

const kept = { conditions: "plain", scores: "[1,2]", measures: '{"size":3}', episodes: null, judged_violation: 0 };

Deno.test("Trials: those of two cycles were in the same worlds only where the world is not noisy", () => {
  for (const noisy of [true, false]) {
    const settings = { ...madePool.world, episodes: 2, noisy };
    const trials = new Trials((cycle) => worldsOf("7", cycle, settings, { epochCycles: 10 }), settings);
    const [first, second, again] = [1, 2, 1].map((cycle) => candidate(0, { trials: trials.of({ ...kept, cycle }) }));
    assertEquals(first!.trials.map(({ objectives, measures }) => [objectives, measures]), [
      [[1], { size: 3 }],
      [[2], { size: 3 }],
    ]);
    assert(areComparable(first!, again!));
    assertEquals(areComparable(first!, second!), !noisy);
    const others = candidate(0, { trials: trials.of({ ...kept, cycle: 1, conditions: "windy" }) });
    assert(!areComparable(first!, others));
  }
});
