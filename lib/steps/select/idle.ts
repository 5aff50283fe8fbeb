/**
 * Options of the configuration that the strategy in use leaves without effect.
 *
 * @module
 */

import { among, idleInCall, unusedOf } from "../../run/config_idle.ts";
import { Misuse } from "../../util/issue.ts";
import type { StepContext } from "../../step/context.ts";
import type { Traits } from "./planner.ts";

/**
 * Refuses what the configuration sets and a strategy of the user's own, which it names, has no use for.
 *
 * Of the shipped ones the configuration's own check knows it. Where a flag names another strategy for this call a line
 * says what has no effect meanwhile, unless a chain has said it.
 *
 * @param given The keys that the configuration sets.
 * @param selection The value of `--selection`.
 * @throws {Misuse} If the configuration sets such an option.
 */
export function refuseIdle(
  step: StepContext,
  strategy: Traits,
  given: ReadonlyMap<string, unknown>,
  selection?: string,
): void {
  if (selection !== undefined) {
    if (!step.chained) idleInCall(given, { selection }).forEach((line) => step.say(line));
    return;
  }
  const idle = among(given, unusedOf(strategy)).map((key) => `"${key}"`);
  if (idle.length === 0) return;
  throw new Misuse({
    code: "config.idle",
    message: `Cannot use the configuration: ${idle.join(", ")} must have an effect, and the strategy that ` +
      `"selection.strategy" names has no use for it; leave it out.`,
    path: step.paths.config,
  });
}
