/**
 * What is told of a twin's cycles and of its population.
 *
 * @module
 */

import { Estimates, estimateWindow } from "../db/estimates.ts";
import { isLimit } from "../isolation/outcome.ts";
import type { Plan } from "../selection/core.ts";
import type { Candidate } from "../selection/strategy.ts";
import { additiveEstimates, type Observation } from "../statistics/additive.ts";
import type { TwinAgent } from "./agent.ts";
import type { TwinResult } from "./evaluation.ts";
import type { TwinBest, TwinCycle, TwinMember, TwinState } from "./job.ts";
import type { Population } from "./population.ts";

/** What a cycle came to. */
export interface CycleResults {
  readonly cycle: number;
  /** Hash of the conditions that its scores are earned under. */
  readonly conditions: string;
  /** Episodes of an evaluation. */
  readonly episodes: number;
  readonly lethal: number;
  readonly judged: readonly TwinResult[];
  /** Its race, each evaluation of so many episodes; absent: it had none. */
  readonly race?: { readonly raced: readonly TwinResult[]; readonly episodes: number };
  readonly gestated: readonly TwinResult[];
  readonly plan: Plan;
  /** Those that took part in the selection. */
  readonly living: readonly Candidate[];
  readonly dead: readonly TwinAgent[];
  readonly tellsAgents: boolean;
}

/** Counts the cycles of a run. */
export class Figures {
  readonly #population: Population;
  #episodes = 0;
  /** Scores of the last cycles; of other conditions than the present ones they say nothing. */
  #scores: (Observation & { readonly conditions: string })[] = [];
  #conditions = "";

  constructor(population: Population) {
    this.#population = population;
  }

  /** The figures of a cycle that is over. */
  of(
    { cycle, conditions, episodes, lethal, judged, race, gestated, plan, living, dead, tellsAgents }: CycleResults,
  ): TwinCycle {
    const { raced = [], episodes: further = 0 } = race ?? {};
    this.#episodes += judged.length * episodes + raced.length * further;
    const { agents } = this.#population;
    this.#remember(cycle, conditions, [...dead, ...agents]);
    const scored = living.filter((one): one is Candidate & { readonly score: number } => one.score !== undefined);
    const sum = scored.reduce((sum, { score }) => sum + score, 0);
    return {
      cycle,
      evaluated: judged.length,
      ...(race && { raced: raced.length }),
      failed: judged.filter(({ ok }) => !ok).length,
      limited: [...judged, ...raced, ...gestated].filter((one) => !one.ok && isLimit(one.failure.outcome)).length,
      episodes: this.#episodes,
      gestations: gestated.length,
      lethal,
      born: plan.births.length,
      died: plan.deaths.length,
      alive: agents.filter(({ isActive }) => isActive).length,
      ...(scored.length > 0 && { best: bestOf(scored, [...agents, ...dead]) }),
      mean: scored.length === 0 ? null : sum / scored.length,
      ...(tellsAgents && { agents: this.#states(plan, dead) }),
    };
  }

  /** What is expected of genomes, as the listing's `genomeEstimates`. */
  estimates(): Estimates | undefined {
    const found = additiveEstimates(this.#scores.filter(({ conditions }) => conditions === this.#conditions));
    return found && new Estimates(found);
  }

  /** The agents that are not dead. */
  members(estimates: Estimates | undefined): TwinMember[] {
    return this.#population.agents.map((agent) => {
      const estimate = estimates?.get(agent.genotype.hash);
      return {
        ...stateOf(agent),
        genome: new Uint8Array(agent.genotype.bytes),
        violation: agent.account.violation,
        island: agent.island,
        ...(estimate && { estimate }),
      };
    });
  }

  /** As the listing keeps them. */
  #remember(cycle: number, conditions: string, agents: readonly TwinAgent[]): void {
    this.#conditions = conditions;
    const recent = this.#scores.filter(({ occasion }) => occasion > cycle - estimateWindow);
    const now = agents.flatMap(({ judged }) =>
      judged?.cycle === cycle
        ? [{ subject: judged.genotype.hash.slice(0, 16), occasion: cycle, value: judged.score, conditions }]
        : []
    );
    this.#scores = [...recent, ...now];
  }

  #states({ deaths }: Plan, dead: readonly TwinAgent[]): TwinState[] {
    const codes = new Map(deaths.map(({ id, code }) => [id, code]));
    const died = dead.map((agent) => ({ ...stateOf(agent), status: "dead" as const, code: codes.get(agent.id)! }));
    return [...died, ...this.#population.agents.map(stateOf)];
  }
}

/** Of what is feasible, where anything is; else of what breaks least, the best of it. */
function bestOf(
  scored: readonly (Candidate & { readonly score: number })[],
  agents: readonly TwinAgent[],
): TwinBest {
  const { id, genome, score, violation } = scored.reduce((best, one) =>
    (one.violation - best.violation || best.score - one.score) < 0 ? one : best
  );
  const { bytes } = agents.find((agent) => agent.id === id)!.judged!.genotype;
  return { id, genome, bytes, score, violation };
}

function stateOf(agent: TwinAgent): TwinState {
  const { id, kind, born, generation, genotype, account, energy, parents, disabled } = agent;
  return {
    id,
    status: disabled ? "disabled" : "active",
    kind,
    born,
    generation,
    genomeHash: genotype.hash,
    score: account.score,
    energy,
    parents: parents.map((parent) => parent.id),
    ...(disabled && { code: disabled.code }),
  };
}
