/**
 * The value of `--selection`, on every step that has it.
 *
 * @module
 */

import { nearest } from "../../util/nearest.ts";
import { BadValue } from "../../step/flags.ts";
import { isPlugin, strategyNames } from "../../run/strategy_names.ts";

/**
 * Parses the name of a strategy: a shipped one's, or the path of a module in `plugins/`.
 *
 * @throws {BadValue} If it is neither; names the nearest shipped one.
 */
export function strategyText(input: string): string {
  if ((strategyNames as readonly string[]).includes(input) || isPlugin(input)) return input;
  const demand = `must be ${strategyNames.join(", ")} or the path of a module such as plugins/mine.ts`;
  throw new BadValue(demand, nearest(input, strategyNames));
}
