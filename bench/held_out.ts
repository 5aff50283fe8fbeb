/**
 * Judges a population on worlds that selection never sees.
 *
 * @module
 */

import { Listing } from "../lib/db/listing.ts";
import { runPaths } from "../lib/run/paths.ts";
import { evaluate } from "../lib/isolation/evaluate.ts";
import { StepFailed } from "../lib/util/issue.ts";
import { Semaphore } from "../lib/util/semaphore.ts";
import type { WorldSeed } from "../lib/runtime/contract.ts";
import { deriveSeed } from "../lib/runtime/random.ts";
import { type DueEvaluation, dueJudged } from "../lib/steps/supervise/due.ts";
import { prepareEvaluation } from "../lib/steps/supervise/evaluation.ts";
import { readFacts, type RunFacts } from "../lib/steps/supervise/run_facts.ts";
import { type EvaluationResult, resultOf } from "../lib/steps/supervise/result.ts";
import { withEvaluators } from "../lib/steps/supervise/evaluators.ts";
import { worldsOf } from "../lib/run/worlds.ts";

/** The held-out worlds of a seed: each with a layout of its own, all from streams that no cycle draws from. */
export function heldOutWorlds(facts: RunFacts, count: number): WorldSeed[] {
  const usual = worldsOf(facts.seed, 1, facts.pool.world, facts.config.world)[0]!;
  return Array.from({ length: count }, (_, index) => ({
    ...usual,
    seed: deriveSeed("held-out", facts.seed, index),
    layout: deriveSeed("held-out-layout", facts.seed, index),
  }));
}

/**
 * Mean scores of all active agents on held-out worlds, in the order of their creation; nothing of it is recorded.
 *
 * The population must be scanned, wired and built, so that a cycle is open and all that is alive is due. Each agent is evaluated
 * in a process without permissions and is judged from its evidence, as under `supervise`.
 *
 * @param run The run's name.
 * @param count How many worlds, at least 1.
 * @param concurrency Processes at once, at least 1.
 * @throws {StepFailed} If an agent does not finish its episodes.
 */
export async function heldOutScores(run: string, count: number, concurrency: number): Promise<number[]> {
  const paths = runPaths(run);
  using listing = Listing.open(paths.listing);
  const usual = await readFacts(listing, paths);
  const worlds = heldOutWorlds(usual, count);
  const facts = { ...usual, worlds, worldsJson: JSON.stringify(worlds) };
  const due = dueJudged(listing, { ...facts.due, noisy: true });
  const scores: number[] = [];
  await withEvaluators(
    { paths, listing, facts, judged: true, concurrency, evaluations: due.length },
    async (evaluators) => {
      const one = new Semaphore(concurrency);
      const score = async (due: DueEvaluation): Promise<number> => {
        const evaluation = await prepareEvaluation(listing, facts, undefined, paths.agents, due);
        const run = await evaluate(evaluators.isolation, evaluation.request);
        return scoreOf(await resultOf({ facts, ...evaluators }, evaluation, run));
      };
      scores.push(...await Promise.all(due.map((evaluation) => one.through(() => score(evaluation)))));
    },
  );
  return scores;
}

function scoreOf({ evaluation, end }: EvaluationResult): number {
  if (end.ok) return end.finished.score!;
  throw new StepFailed({
    code: `held-out.${end.failure.outcome}`,
    message: `Cannot judge ${evaluation.id} on held-out worlds: ${end.failure.message}`,
  });
}
