/**
 * The plan of one selection: who dies, and whose genomes are handed to whom. Pure: it decides and does nothing.
 *
 * @module
 */

import { deriveSeed, type Random, stream } from "../../runtime/random.ts";
import { byFitness, type Ranked, type SelectionOptions, type Strategy } from "./strategy.ts";
import { Tournaments } from "./tournaments.ts";

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

/** One birth: a genome, and the genomes of the other parents. */
export interface Birth {
  /** `copy` re-creates an elite without gestation. */
  readonly kind: "birth" | "copy";
  /** Number of the birth in its cycle, from 0. */
  readonly number: number;
  /** First the one whose genome and artifact the newborn starts with, then the mates. */
  readonly parents: readonly [Ranked, ...Ranked[]];
}

/** How one that was ranked came off. */
export interface RankEntry {
  readonly one: Ranked;
  /** From 1, the best. */
  readonly place: number;
  readonly elite: boolean;
  /** Tournaments for which it was drawn, and which it won; absent where the strategy holds none. */
  readonly tournaments?: { readonly drawn: number; readonly won: number };
}

/** Deaths and births of a cycle, and how the ranked came off: best first. */
export interface Plan {
  readonly deaths: readonly Death[];
  readonly births: readonly Birth[];
  readonly rankEntries: readonly RankEntry[];
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
  /** All that are not dead, in order of creation. */
  readonly members: readonly Member[];
  /** All results that can be ranked, in any order. */
  readonly ranked: readonly Ranked[];
}

/** Plans the deaths and births of a cycle; the same input gives the same plan. */
export function plan(input: PlanInput): Plan {
  const ranked = input.ranked.toSorted(byFitness);
  const elites = input.strategy.elites(ranked, input.options, input.size);
  const fertile = ranked.filter((one) => one.fertile || input.options.sterileParents);
  // Nobody is killed to make room where nobody could fill it.
  const deaths = [...dueDeaths(input), ...(fertile.length > 0 ? deathsByRank(input, ranked, elites) : [])];
  const dead = new Set(deaths.map((death) => death.id));
  const vacancies = Math.max(0, input.size - (input.members.length - dead.size));
  const copies = elites.filter((elite) => !elite.hasRankedGenome || dead.has(elite.id)).slice(0, vacancies);
  const survivors = fertile.filter((one) => !dead.has(one.id));
  // If all of them die, their genomes are handed on nevertheless: otherwise nobody would ever be born again.
  const tournaments = new Tournaments(input.strategy);
  const candidates = survivors.length > 0 ? survivors : fertile;
  const births = planBirths({ ...input, strategy: tournaments.strategy }, candidates, copies, vacancies);
  const rankEntries = ranked.map((one, i) => ({
    one,
    place: i + 1,
    elite: elites.includes(one),
    ...tournaments.of(one),
  }));
  return { deaths, births, rankEntries };
}

/** Deaths that do not depend on anybody else. */
function dueDeaths({ members, strategy }: PlanInput): Death[] {
  const deaths: Death[] = [];
  for (const member of members) {
    if (member.disabledBefore) {
      deaths.push({ id: member.id, code: "died.disabled", reason: disabled(member) });
    } else if (strategy.energyRule && member.active && member.charged && member.energy <= 0) {
      deaths.push({ id: member.id, code: "died.energy", reason: "Its energy ran out." });
    }
  }
  return deaths;
}

function disabled({ reason }: Member): string {
  return reason === null ? "It was disabled before this cycle." : `It was disabled before this cycle: ${reason}`;
}

/** As many deaths as are still wanted. */
function deathsByRank(input: PlanInput, ranked: readonly Ranked[], elites: readonly Ranked[]): Death[] {
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
    ...dying.map(({ id, fitness }): Death => ({
      id,
      code: "died.rank",
      reason: `It was among the ${wanted} chosen to die of ${ranked.length} ranked (fitness ${shown(fitness)}).`,
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

function planBirths(
  input: PlanInput,
  candidates: readonly Ranked[],
  copies: readonly Ranked[],
  vacancies: number,
): Birth[] {
  const births: Birth[] = copies.map((elite, number) => ({ kind: "copy", number, parents: [elite] }));
  if (candidates.length === 0) return births;
  for (let number = births.length; number < vacancies; number++) {
    const random = stream(deriveSeed(input.seed, "select", input.cycle, "birth", number));
    births.push({ kind: "birth", number, parents: chooseParents(input, candidates, random) });
  }
  return births;
}

/** How often a mate is drawn anew where it is a parent already. */
const draws = 16;

/** A parent and its mates: different results, where the draws find any. */
function chooseParents(input: PlanInput, candidates: readonly Ranked[], random: Random): [Ranked, ...Ranked[]] {
  const parents: [Ranked, ...Ranked[]] = [input.strategy.parent(candidates, input.options, random)];
  for (let mate = 0; mate < Math.min(input.options.mates, candidates.length - 1); mate++) {
    for (let draw = 0; draw < draws; draw++) {
      const one = input.strategy.parent(candidates, input.options, random);
      if (parents.includes(one)) continue;
      parents.push(one);
      break;
    }
  }
  return parents;
}

function shown(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
