/** Candidates and inputs of plans, for tests. */
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import type { PlanInput } from "../../lib/selection/core.ts";
import type { Candidate } from "../../lib/selection/strategy.ts";
import { candidate as madeCandidate } from "./made.ts";

/** An agent that was evaluated: the later it was created, the better it is. */
export function candidate(ordinal: number, more: Partial<Candidate> = {}): Candidate {
  const { score = ordinal } = more;
  return madeCandidate(ordinal, { score, fitness: score, ...more });
}

/** What a plan is made from. */
export function planInput(living: readonly Candidate[], more: Partial<PlanInput> = {}): PlanInput {
  return {
    seed: "7",
    cycle: 3,
    size: living.length,
    options: defaultConfig.selection,
    objectives: [],
    living,
    doomed: [],
    others: 0,
    archive: [],
    ...more,
  };
}
