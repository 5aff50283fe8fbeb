/**
 * The plan of one selection: which agents die, and which genomes are handed on. Pure: it decides and does nothing.
 *
 * @module
 */

import { deriveSeed, type Random, stream } from "../../runtime/random.ts";
import { type Death, deathsByRank, dueDeaths, type PlanInput } from "./deaths.ts";
import { byFitness } from "./rank_order.ts";
import type { Ranked } from "./strategy.ts";
import { Tournaments } from "./tournaments.ts";

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

/** Plans the deaths and births of a cycle; the same input gives the same plan. */
export function plan(input: PlanInput): Plan {
  const ranked = input.ranked.toSorted(byFitness);
  const elites = input.strategy.elites(ranked, input.options, input.size);
  const fertile = ranked.filter((one) => one.fertile || input.options.sterileParents);
  // No agent dies to make room where none could fill it.
  const deaths = [...dueDeaths(input), ...(fertile.length > 0 ? deathsByRank(input, ranked, elites) : [])];
  const dead = new Set(deaths.map((death) => death.id));
  const vacancies = Math.max(0, input.size - (input.members.length - dead.size));
  const copies = elites.filter((elite) => !elite.hasRankedGenome || dead.has(elite.id)).slice(0, vacancies);
  const survivors = fertile.filter((one) => !dead.has(one.id));
  // If all of them die, their genomes are handed on nevertheless: otherwise no agent would ever be born again.
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
