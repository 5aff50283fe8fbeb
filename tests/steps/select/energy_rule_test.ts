import { assertEquals, assertThrows } from "@std/assert";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { parseConfig } from "../../../lib/run/config_check.ts";
import { energyRule, type EnergyRuleInput } from "../../../lib/steps/select/energy_rule.ts";
import { loadStrategy } from "../../../lib/steps/select/strategies.ts";
import { Misuse } from "../../../lib/util/issue.ts";

async function isOn(strategy: string, more: Partial<EnergyRuleInput> = {}): Promise<boolean> {
  const traits = strategy.startsWith("plugins/")
    ? { brief: "", energyRule: true, replacesByRank: false }
    : await loadStrategy(strategy);
  return energyRule({ strategy, traits, config: defaultConfig, given: new Map(), ...more });
}

const ruled = (rule: boolean) => ({ config: { ...defaultConfig, energy: { ...defaultConfig.energy, rule } } });

Deno.test("the energy rule is on under energy and a strategy of one's own that has it, else where the configuration says so", async () => {
  assertEquals([await isOn("energy"), await isOn("plugins/own.ts"), await isOn("tournament"), await isOn("none")], [
    true,
    true,
    false,
    false,
  ]);
  assertEquals(await isOn("tournament", ruled(true)), true);
  assertEquals(await isOn("tournament", { given: new Map([["energy.upkeep", 9]]) }), true);
  assertEquals(await isOn("tournament", { ...ruled(false), given: new Map([["energy.rule", false]]) }), false);
  assertEquals(await isOn("plugins/own.ts", ruled(false)), false);
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
