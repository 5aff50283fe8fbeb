/**
 * Which agents die in a selection, and for what reason: the sentence that the agent's record and `explain` give.
 *
 * @module
 */

import { objectiveValue } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import type { Ranked, SelectionOptions, Strategy } from "./strategy.ts";

/** An agent that is alive or disabled, ranked or not. */
export interface Member {
  readonly id: string;
  readonly energy: number;
  /** Disabled before this cycle began by its own fault: the first to die. */
  readonly disabledBefore: boolean;
  /** Why it is disabled. */
  readonly reason: string | null;
  readonly active: boolean;
  /** Why its evaluation in this cycle has no score, though that is not its own fault: it ranks below all that have one. */
  readonly unscored?: string;
  /** Whether it has ever been judged, so that its account has been charged. */
  readonly charged: boolean;
}

/** One death. */
export interface Death {
  readonly id: string;
  /** Stable name of the reason. */
  readonly code: "died.disabled" | "died.energy" | "died.rank";
  readonly reason: string;
}

/** What a plan is made from. */
export interface PlanInput {
  /** The run's seed. */
  readonly seed: string;
  readonly cycle: number;
  /** How many agents the population has: births fill up to it. */
  readonly size: number;
  readonly options: SelectionOptions;
  readonly strategy: Strategy;
  /** Whether agents whose energy has run out die. */
  readonly energyRule: boolean;
  /** The first objective of the world, which scores stand for; absent: it gives scores itself. */
  readonly objective?: Objective;
  /** All that are not dead, in order of creation. */
  readonly members: readonly Member[];
  /** All results that can be ranked, in any order. */
  readonly ranked: readonly Ranked[];
}

/** Deaths that do not depend on any other agent. */
export function dueDeaths({ members, energyRule }: PlanInput): Death[] {
  const deaths: Death[] = [];
  for (const member of members) {
    if (member.disabledBefore) {
      deaths.push({ id: member.id, code: "died.disabled", reason: disabled(member) });
    } else if (energyRule && member.active && member.charged && member.energy <= 0) {
      deaths.push({ id: member.id, code: "died.energy", reason: "Its energy ran out." });
    }
  }
  return deaths;
}

function disabled({ reason }: Member): string {
  return reason === null ? "It was disabled before this cycle." : `It was disabled before this cycle: ${reason}`;
}

/** As many deaths as are still wanted. */
export function deathsByRank(input: PlanInput, ranked: readonly Ranked[], elites: readonly Ranked[]): Death[] {
  const { strategy, options, size, cycle } = input;
  if (!strategy.replacesByRank || ranked.length < 2) return [];
  const due = dueDeaths(input);
  const excluded = new Set([...due, ...elites].map((one) => one.id));
  const candidates = ranked.filter((one) => one.hasRankedGenome && !excluded.has(one.id));
  const random = stream(deriveSeed(input.seed, "select", cycle, "deaths"));
  const wanted = Math.max(0, Math.round(options.replacementFraction * size) - due.length);
  const unscored = belowAll(input, due).slice(0, wanted);
  const dying = strategy.removalOrder(candidates, options, random).slice(0, wanted - unscored.length);
  return [
    ...unscored,
    ...dying.map((one): Death => ({
      id: one.id,
      code: "died.rank",
      reason: `It was among the ${wanted} chosen to die of ${ranked.length} ranked (${
        measured(one, input.objective)
      }).`,
    })),
  ];
}

/** Those that have no score for what is not their own fault, and are not dying yet. */
function belowAll({ members }: PlanInput, due: readonly Death[]): Death[] {
  const dying = new Set(due.map(({ id }) => id));
  return members.filter(({ id, unscored }) => unscored !== undefined && !dying.has(id)).map(({ id, unscored }) => ({
    id,
    code: "died.rank",
    reason: `It ranked below all that have a score: ${unscored}`,
  }));
}

/** What it was ranked by, as the world means it where that is the score itself. */
function measured({ fitness, score }: Ranked, objective: Objective | undefined): string {
  if (!objective || fitness !== score) return `fitness ${shown(fitness)}`;
  return `${objective.name} ${shown(objectiveValue(score, objective))}`;
}

function shown(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
