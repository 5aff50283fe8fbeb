import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { AgentAtStart } from "../../lib/db/evaluations.ts";
import { afterResult } from "../../lib/evaluation/agent_score.ts";
import { unscored } from "../../lib/twin/agent.ts";

const of = (genomeHash: string, reach = "reach") => ({ genomeHash, reach });
const earned = (score: number, violation = 0) => ({ score, violation });
const newcomer: AgentAtStart = { ...unscored, crashes: 2 };

Deno.test("afterResult(): the score is the mean over the cycles of one genome", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }), (scores) => {
    const end = scores.reduce(
      (agentScore, score) => afterResult(agentScore, of("g"), earned(score)),
      newcomer,
    );
    assertAlmostEquals(end.score!, scores.reduce((a, b) => a + b) / scores.length, 1e-9);
    assertEquals([end.scoreCycles, end.scoredGenomeHash, end.crashes], [scores.length, "g", 0]);
    assertEquals([end.bestScore, end.bestGenomeHash], [end.score, "g"]);
  }));
});

Deno.test("afterResult(): another genome begins anew, and the best one stays the best", () => {
  const first = afterResult(newcomer, of("a"), earned(9));
  const second = afterResult(first, of("b"), earned(3));
  assertEquals([second.score, second.scoreCycles, second.bestScore, second.bestGenomeHash], [3, 1, 9, "a"]);
  const third = afterResult(second, of("c"), earned(10));
  assertEquals([third.bestScore, third.bestGenomeHash], [10, "c"]);
});

Deno.test("afterResult(): one lucky score does not stand for ever", () => {
  const lucky = afterResult(newcomer, of("a"), earned(10));
  const again = afterResult(lucky, of("a"), earned(0));
  assertEquals([again.bestScore, afterResult(again, of("b"), earned(6)).bestGenomeHash], [5, "b"]);
});

Deno.test("afterResult(): what was earned by other modules counts no more", () => {
  const before = afterResult(newcomer, of("a"), earned(9));
  const after = afterResult(before, of("a", "renewed"), earned(3));
  assertEquals([after.score, after.scoreCycles, after.bestScore, after.bestGenomeHash], [3, 1, 3, "a"]);
});

Deno.test("afterResult() takes what breaks less for better than what scores more", () => {
  const feasible = afterResult(newcomer, of("a"), earned(-5));
  const broken = afterResult(feasible, of("b"), earned(100, 0.5));
  assertEquals([broken.violation, broken.bestScore, broken.bestGenomeHash, broken.bestViolation], [0.5, -5, "a", 0]);
  const less = afterResult(afterResult(newcomer, of("c"), earned(9, 2)), of("d"), earned(1, 1));
  assertEquals([less.bestScore, less.bestGenomeHash, less.bestViolation], [1, "d", 1]);
  const again = afterResult(broken, of("b"), earned(100, 0));
  assertEquals([again.score, again.violation, again.bestGenomeHash], [100, 0.25, "a"]);
});
