/**
 * What a selection of a twin is of: the same candidates as those that `select` reads of a listing.
 *
 * @module
 */

import { causeOfEnd } from "../records/cause.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import type { Doomed } from "../selection/core.ts";
import { doomOf } from "../selection/doom.ts";
import type { Candidate } from "../selection/strategy.ts";
import type { Judged, TwinAgent } from "./agent.ts";

/** What candidates depend on besides the agents. */
export interface CandidateFacts {
  readonly cycle: number;
  /** Hash of the conditions of the cycle's scores. */
  readonly conditions: string;
  readonly world: WorldSettings;
  /** Hash of the pool. */
  readonly code: string;
  /** Whether agents whose energy has run out die. */
  readonly energyRule: boolean;
  readonly sterileParents: boolean;
  /** Places of the race of the cycle by agent; absent: there was none. */
  readonly places?: ReadonlyMap<string, number>;
  /** What the configured fitness gives for a result. */
  fitness(judged: Judged, agent: TwinAgent): number;
}

/** Who takes part in a selection. */
export interface Candidates {
  readonly living: readonly Candidate[];
  readonly doomed: readonly Doomed[];
  /** How many agents take places besides. */
  readonly others: number;
}

/** The candidates of a cycle, in order of creation. */
export function candidatesOf(agents: readonly TwinAgent[], facts: CandidateFacts): Candidates {
  const living: Candidate[] = [];
  const doomed: Doomed[] = [];
  for (const agent of agents) {
    const { disabled, judged, energy } = agent;
    const doom = doomOf({ disabled, energy, isCharged: judged !== undefined }, facts.cycle, facts.energyRule);
    if (doom) doomed.push({ candidate: candidateOf(agent, facts), ...doom });
    else if (agent.isActive && agent.stage === "adult" && agent.born < facts.cycle) {
      living.push(candidateOf(agent, facts));
    }
  }
  return { living, doomed, others: agents.length - living.length - doomed.length };
}

function candidateOf(agent: TwinAgent, facts: CandidateFacts): Candidate {
  const judged = resultOf(agent, facts);
  const genotype = judged?.genotype ?? agent.genotype;
  const fitness = judged && facts.fitness(judged, agent);
  const race = judged && facts.places?.get(agent.id);
  return {
    id: agent.id,
    genome: genotype.hash,
    code: facts.code,
    build: "",
    ordinal: agent.ordinal,
    born: agent.born,
    age: facts.cycle - agent.born + agent.birthAge,
    island: agent.island,
    generation: agent.generation,
    hasRankedGenome: genotype.hash === agent.genotype.hash,
    fertile: facts.sterileParents || genotype.fertile,
    energy: agent.energy,
    parents: agent.parents.map(({ id }) => id),
    trials: judged?.trials ?? [],
    violation: judged?.violation ?? 0,
    ...(agent.failed?.cycle === facts.cycle && { failure: causeOfEnd(agent.failed.outcome) }),
    ...(judged && { score: judged.score }),
    ...(Number.isFinite(fitness) && { fitness }),
    ...(race !== undefined && { race }),
  };
}

/** The result of an agent that can be compared in a cycle. */
function resultOf(agent: TwinAgent, { cycle, conditions, world }: CandidateFacts): Judged | undefined {
  const { judged, born, genotype, isActive } = agent;
  if (!judged || !isActive || born >= cycle || judged.conditions !== conditions) return undefined;
  if (judged.cycle === cycle) return judged;
  return !world.noisy && judged.genotype.hash === genotype.hash ? judged : undefined;
}
