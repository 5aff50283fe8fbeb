/**
 * Whether agents whose energy has run out die.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";
import type { StrategyTraits } from "./strategy_names.ts";

/**
 * The configuration with its energy rule decided: it is on where any other key of `energy` is set and none says otherwise.
 *
 * @param given The keys that the configuration sets.
 */
export function withEnergyRule(config: Config, given: ReadonlyMap<string, unknown>): Config {
  const isSet = [...given.keys()].some((key) => key.startsWith("energy."));
  return isSet && config.energy.rule === undefined ? { ...config, energy: { ...config.energy, rule: true } } : config;
}

/** Whether the rule is on: under a strategy that goes by energy, and where the configuration says so. */
export function energyRule({ energy }: Pick<StrategyTraits, "energy">, { energy: { rule } }: Config): boolean {
  return energy === "always" || (energy === "configured" && rule === true);
}
