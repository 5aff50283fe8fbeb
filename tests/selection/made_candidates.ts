/** Candidates and inputs of plans, for tests. */
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import type { PlanInput } from "../../lib/selection/core.ts";
import type { Candidate, Trial } from "../../lib/selection/strategy.ts";

/** A judged episode. */
export function trial(score: number, more: Partial<Trial> = {}): Trial {
  return {
    cycle: 3,
    instance: null,
    seed: "world",
    environment: "plain",
    objectives: [score],
    violation: 0,
    measures: {},
    ...more,
  };
}

/** An agent that was evaluated: the later it was created, the better it is. */
export function candidate(ordinal: number, more: Partial<Candidate> = {}): Candidate {
  const { score = ordinal } = more;
  return {
    id: `agent-${ordinal}`,
    genome: `genome-${ordinal}`,
    code: "code",
    build: "build",
    ordinal,
    born: 0,
    age: 3,
    island: 0,
    generation: 0,
    hasRankedGenome: true,
    fertile: true,
    energy: 10,
    parents: [],
    trials: [trial(score)],
    score,
    fitness: score,
    violation: 0,
    ...more,
  };
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
