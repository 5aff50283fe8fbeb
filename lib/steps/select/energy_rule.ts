/**
 * Whether agents whose energy has run out die.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import type { Objective } from "../../runtime/contract.ts";
import { Misuse } from "../../util/issue.ts";
import type { Traits } from "./strategies.ts";

/** What decides on the energy rule. */
export interface EnergyRuleInput {
  /** The name of the strategy, and what it says of itself. */
  readonly strategy: string;
  readonly traits: Traits;
  readonly config: Config;
  /** The keys that the configuration sets. */
  readonly given: ReadonlyMap<string, unknown>;
  /** The first objective of the world, where it declares any. */
  readonly objective: Objective | undefined;
}

/**
 * Whether the energy rule is on: under a strategy that goes by energy, and where the configuration says so, by
 * `energy.rule` or by any other key of its section `energy`.
 *
 * @throws {Misuse} If it is on in a world whose first objective is to be minimised: there is no income in that.
 */
export function energyRule({ strategy, traits, config, given, objective }: EnergyRuleInput): boolean {
  if (!traits.energyRule) return false;
  const isSet = [...given.keys()].some((key) => key.startsWith("energy."));
  const isOn = config.energy.rule ?? (strategy !== "tournament" || isSet);
  if (isOn && objective?.sense === "minimise") {
    throw new Misuse({
      code: "selection.energy",
      message:
        `Cannot select by energy as the world's first objective must be to maximise: ${objective.name} is to be ` +
        `minimised, so no score earns energy. Use another strategy, and leave "energy" out of config.json.`,
      path: "workspace/config.json",
    });
  }
  return isOn;
}
