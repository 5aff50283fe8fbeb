/**
 * Whether a strategy has as many places as it needs.
 *
 * @module
 */

import type { StrategyTraits } from "../run/strategy_names.ts";
import { Misuse } from "../util/issue.ts";
import type { SelectionOptions, Strategy } from "./strategy.ts";

/**
 * Demands as many places as a strategy needs.
 *
 * @param size Of the whole population.
 * @throws {Misuse} If it has fewer.
 */
export function demandSize(strategy: Strategy, options: SelectionOptions, size: number): void {
  const { islands } = options;
  const least = strategy.leastSize?.(options) ?? 1;
  const places = Math.floor(size / (islands?.count ?? 1));
  demandKept(strategy, options, size);
  if (places >= least) return;
  const count = least === 1 ? "1 place" : `${least} places`;
  const where = islands ? " on each island" : "";
  const lower = options.mu === undefined ? "" : " or a smaller selection.mu";
  throw new Misuse({
    code: "selection.size",
    message: `Cannot select as the strategy must have at least ${count}${where}: it has ${places}; set a larger ` +
      `selection.size${lower}.`,
    path: "workspace/config.json",
  });
}

/** How many the elites of a population are; what is a share of it only by rounding counts as a whole number. */
export function eliteCount(elites: number, size: number): number {
  return Math.ceil(elites * size - 1e-9);
}

/**
 * Demands that a race keeps all elites: others would be what was lucky in the cycle.
 *
 * @param size Of the whole population.
 * @throws {Misuse} If it keeps fewer.
 */
export function demandKept({ uses }: Pick<StrategyTraits, "uses">, options: SelectionOptions, size: number): void {
  if (!uses.includes("race") || !options.race || options.islands || !uses.includes("elites")) return;
  const { race, elites } = options;
  const count = eliteCount(elites, size);
  if (race.keep >= count) return;
  throw new Misuse({
    code: "selection.size",
    message:
      `Cannot select as selection.race.keep must be at least the number of elites, ${count}: it is ${race.keep}; ` +
      "keep more, or set a smaller selection.elites.",
    path: "workspace/config.json",
  });
}
