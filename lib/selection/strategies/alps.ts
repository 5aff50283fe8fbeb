/**
 * The age-layered population structure.
 *
 * @module
 */

import { childless, childrenOf } from "../births.ts";
import type { Ranked } from "../order.ts";
import { evenly, fertileOf, filledAtRandom, nextGeneration, rankingOf, resultsOf } from "../population.ts";
import type { Given, Selected, SelectionOptions, Strategy } from "../strategy.ts";
import { Tournament } from "../tournament.ts";

/**
 * Genomes compete with others of about the age of their genes, so that a young one need not be as good as an old one at
 * once. Each layer has an upper bound of age, the last has none; in each the worst share is replaced by children of
 * those that stay there and in the layer below. When the lowest has grown out of its bound, random genomes are born there
 * (Hornby 2006, "ALPS: the age-layered population structure for reducing the problem of premature convergence").
 */
const alps: Strategy = {
  brief: "layers by age: only genomes of about the same age compete, random ones are born into the lowest",
  uses: ["layers", "tournamentSize", "replacementFraction", "race", "mates", "sterileParents"],
  needs: { age: true },
  select(given: Given): Selected {
    const order = resultsOf(given);
    const layers = layersOf(order, given);
    const kept = [...layers.values()].flatMap(({ kept }) => kept);
    const next = nextGeneration(given, kept, childless, "It ranked last of the genomes of about its age.");
    const births = [...next.births];
    for (const [layer, { kept, places }] of layers) {
      const parents = fertileOf(byRank([...kept, ...layers.get(layer - 1)?.kept ?? []], order));
      const to = births.length + places - kept.length;
      births.push(
        ...childrenOf(given, { from: births.length, to }, new Tournament(parents, given.options.tournamentSize)),
      );
    }
    return { ...filledAtRandom(given, { ...next, births }), ranking: rankingOf(order, kept) };
  },
};

export default alps;

/** A layer of age: its places, and the best of it, which stay. */
interface Layer {
  readonly places: number;
  readonly kept: readonly Ranked[];
}

/** Layers by number; beside the lowest only those that have members, which share the places evenly. */
function layersOf(order: readonly Ranked[], { options, size }: Given): ReadonlyMap<number, Layer> {
  const members = Map.groupBy(order, ({ age }) => layerOf(age, options));
  const numbers = [...new Set([0, ...members.keys()])].sort((a, b) => a - b);
  const places = evenly(size, numbers.length);
  return new Map(numbers.map((number, i) => {
    const staying = Math.max(1, Math.round(places[i]! * (1 - options.replacementFraction)));
    return [number, { places: places[i]!, kept: (members.get(number) ?? []).slice(0, Math.min(staying, places[i]!)) }];
  }));
}

/** The layer of an age: bounds grow as 1, 2, 4, 9, 16 … gaps (Hornby 2006, polynomial scheme), and the last has none. */
export function layerOf(age: number, { layers: { count, ageGap } = defaultLayers }: SelectionOptions): number {
  const gaps = age / ageGap;
  const layer = gaps < 2 ? Math.floor(gaps) : Math.floor(Math.sqrt(gaps)) + 1;
  return Math.min(layer, count - 1);
}

const defaultLayers = { count: 5, ageGap: 5 };

function byRank(some: readonly Ranked[], order: readonly Ranked[]): Ranked[] {
  const chosen = new Set(some);
  return order.filter((one) => chosen.has(one));
}
