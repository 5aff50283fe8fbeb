/**
 * Whether agents whose energy has run out die.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import type { Traits } from "./strategies.ts";

/** What decides on the energy rule. */
export interface EnergyRuleInput {
  /** The name of the strategy, and what it says of itself. */
  readonly strategy: string;
  readonly traits: Traits;
  readonly config: Config;
  /** The keys that the configuration sets. */
  readonly given: ReadonlyMap<string, unknown>;
}

/**
 * Whether the energy rule is on: under a strategy that goes by energy, and where the configuration says so, by
 * `energy.rule` or by any other key of its section `energy`.
 */
export function energyRule({ strategy, traits, config, given }: EnergyRuleInput): boolean {
  if (!traits.energyRule) return false;
  const isSet = [...given.keys()].some((key) => key.startsWith("energy."));
  return config.energy.rule ?? (strategy !== "tournament" || isSet);
}
