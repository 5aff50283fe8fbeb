import { assertEquals, assertThrows } from "@std/assert";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { parseConfig } from "../../../lib/run/config_check.ts";
import { energyRule, type EnergyRuleInput } from "../../../lib/steps/select/energy_rule.ts";
import { shippedTraits } from "../../../lib/run/strategy_names.ts";
import { Misuse } from "../../../lib/util/issue.ts";

function isOn(strategy: keyof typeof shippedTraits, more: Partial<EnergyRuleInput> = {}): boolean {
  const traits = shippedTraits[strategy];
  return energyRule({ traits, config: defaultConfig, given: new Map(), ...more });
}

const ruled = (rule: boolean) => ({ config: { ...defaultConfig, energy: { ...defaultConfig.energy, rule } } });

Deno.test("the energy rule is on under energy, never under none, else where the configuration says so", () => {
  const usual = "truncation-tournament";
  assertEquals([isOn("energy"), isOn(usual), isOn("none")], [true, false, false]);
  assertEquals(isOn(usual, ruled(true)), true);
  assertEquals(isOn(usual, { given: new Map([["energy.upkeep", 9]]) }), true);
  assertEquals(isOn(usual, { ...ruled(false), given: new Map([["energy.rule", false]]) }), false);
  assertEquals(isOn("none", ruled(true)), false);
});

Deno.test("energy.rule is in vain beside what leaves it no choice", () => {
  for (
    const [config, key] of [
      [{ selection: { strategy: "energy" }, energy: { rule: true } }, "energy.rule"],
      [{ selection: { strategy: "none" }, energy: { rule: true } }, "energy.rule"],
      [{ energy: { rule: false, upkeep: 3 } }, "energy.upkeep"],
    ] as const
  ) assertThrows(() => parseConfig(JSON.stringify(config), "config.json"), Misuse, key);
});
