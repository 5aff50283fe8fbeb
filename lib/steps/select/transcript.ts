/**
 * What a strategy chose, as places in the list that it was given: so it can be sent, checked and played again.
 *
 * @module
 */

import type { Ranked, Strategy } from "./strategy.ts";

/** The choices of one plan, in their order. */
export interface Transcript {
  readonly elites: readonly number[];
  readonly dying: readonly number[];
  readonly parents: readonly { readonly chosen: number; readonly compared: readonly number[] }[];
}

/**
 * The same strategy, whose choices are recorded.
 *
 * @param ranked All candidates of the plan.
 * @param onCall Called after each call.
 */
export function record(
  strategy: Strategy,
  ranked: readonly Ranked[],
  onCall: () => void,
): { readonly strategy: Strategy; readonly transcript: () => Transcript } {
  const places = new Map(ranked.map((one, place) => [one, place]));
  const numbers = (chosen: readonly Ranked[]) => chosen.map((one) => places.get(one) ?? -1);
  let elites: number[] = [], dying: number[] = [];
  const parents: { chosen: number; compared: number[] }[] = [];
  const recorded: Strategy = {
    brief: strategy.brief,
    energyRule: strategy.energyRule,
    replacesByRank: strategy.replacesByRank,
    elites(given, options, size) {
      const chosen = strategy.elites(Object.freeze([...given]), options, size);
      elites = numbers(chosen);
      onCall();
      return chosen;
    },
    removalOrder(given, options, random) {
      const chosen = strategy.removalOrder(Object.freeze([...given]), options, random);
      dying = numbers(chosen);
      onCall();
      return chosen;
    },
    parent(given, options, random) {
      let compared: number[] = [];
      const chosen = strategy.parent(Object.freeze(given), options, random, (some) => compared = numbers(some));
      parents.push({ chosen: places.get(chosen) ?? -1, compared });
      onCall();
      return chosen;
    },
  };
  return { strategy: recorded, transcript: () => ({ elites, dying, parents }) };
}

/** A strategy that makes the recorded choices again; what is no choice comes out as undefined, to be refused. */
export function replay(
  { elites, dying, parents }: Transcript,
  ranked: readonly Ranked[],
  traits: Pick<Strategy, "brief" | "energyRule" | "replacesByRank">,
): Strategy {
  const those = (places: readonly number[]) => places.map((place) => ranked[place]!);
  let next = 0;
  return {
    ...traits,
    elites: () => those(elites),
    removalOrder: () => those(dying),
    parent(_ranked, _options, _random, note) {
      const { chosen, compared } = parents[next++] ?? { chosen: -1, compared: [] };
      note?.(those(compared).filter((one) => one !== undefined));
      return ranked[chosen]!;
    },
  };
}
