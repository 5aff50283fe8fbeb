/**
 * Whether agents whose energy has run out die.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import type { Traits } from "./planner.ts";

/** What decides on the energy rule. */
export interface EnergyRuleInput {
  /** What the strategy says of itself. */
  readonly traits: Pick<Traits, "energy">;
  readonly config: Config;
  /** The keys that the configuration sets. */
  readonly given: ReadonlyMap<string, unknown>;
}

/**
 * Whether the energy rule is on: under a strategy that goes by energy, and where the configuration says so, by
 * `energy.rule` or by any other key of its section `energy`.
 */
export function energyRule({ traits, config, given }: EnergyRuleInput): boolean {
  if (traits.energy === "never") return false;
  const isSet = [...given.keys()].some((key) => key.startsWith("energy."));
  return traits.energy === "always" || (config.energy.rule ?? isSet);
}
