/**
 * Whether a strategy has as many places as it needs.
 *
 * @module
 */

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
