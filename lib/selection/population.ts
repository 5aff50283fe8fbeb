/**
 * What strategies have in common: the ranked of a cycle, elites, and how one population follows another.
 *
 * @module
 */

import { type Children, childrenOf, copyOf, randomBirth } from "./births.ts";
import { type Ranked, ranked } from "./order.ts";
import { eliteCount } from "./size.ts";
import type { Birth, Candidate, Given, Ranking, Selected } from "./strategy.ts";

/** All results of a cycle, best first: of the living, and of those that die anyway. */
export function resultsOf({ living, doomed, random }: Given): Ranked[] {
  return ranked([...living, ...doomed], random);
}

/** Those that can be parents. */
export function fertileOf<T extends Candidate>(candidates: readonly T[]): T[] {
  return candidates.filter(({ fertile }) => fertile);
}

/** The first ones, `elites` of the population. */
export function elitesOf(order: readonly Ranked[], { options, size }: Given): Ranked[] {
  return order.slice(0, eliteCount(options.elites, size));
}

/** The order of ranks with its elites, for the record. */
export function rankingOf(order: readonly Candidate[], elites: readonly Candidate[]): Ranking[] {
  const kept = new Set(elites);
  return order.map((one) => ({ id: one.id, elite: kept.has(one) }));
}

/** Nothing dies and nothing is born, as where no genome can be a parent. */
export const unchanged: Selected = { deaths: [], births: [], archive: [] };

/**
 * Generational replacement: the genomes that are kept, and children of the parents in all other places. A genome whose
 * agent is dying or has left it is born again; every agent that does not hold one that is kept dies.
 *
 * @param reason Why the others die.
 */
export function nextGeneration(
  given: Given,
  kept: readonly Candidate[],
  children: Children,
  reason: string,
): Selected {
  const present = new Set(given.living);
  const staying = new Set(kept.filter((one) => one.hasRankedGenome && present.has(one)));
  const copies = kept.filter((one) => !staying.has(one)).map(copyOf);
  return {
    deaths: given.living.filter((one) => !staying.has(one)).map(({ id }) => ({ id, reason })),
    births: filled(given, given.size - staying.size, copies, children),
    archive: [],
  };
}

/** So many births: first the copies, then children. */
export function filled(given: Given, vacancies: number, copies: readonly Birth[], children: Children): Birth[] {
  const first = copies.slice(0, Math.max(0, vacancies));
  return [...first, ...childrenOf(given, { from: first.length, to: vacancies }, children)];
}

/** The same with random genomes in the places that are left. */
export function filledAtRandom({ living, size }: Given, selected: Selected): Selected {
  const { deaths, births } = selected;
  const left = Math.max(0, size - (living.length - deaths.length) - births.length);
  return { ...selected, births: [...births, ...Array<Birth>(left).fill(randomBirth)] };
}

/** So many places in so many parts, which differ by one at most. */
export function evenly(places: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor(places / parts) + (i < places % parts ? 1 : 0));
}
