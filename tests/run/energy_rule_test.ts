import { assertEquals, assertThrows } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { parseConfig } from "../../lib/run/config_check.ts";
import { plainConfig } from "../../lib/run/config_plain.ts";
import { energyRule } from "../../lib/run/energy_rule.ts";
import { shippedTraits } from "../../lib/run/strategy_names.ts";
import { Misuse } from "../../lib/util/issue.ts";

function isOn(strategy: keyof typeof shippedTraits, config: Record<string, unknown> = {}): boolean {
  const text = JSON.stringify(config);
  const parsed = parseConfig(text, "config.json");
  assertEquals(plainConfig(text), parsed);
  return energyRule(shippedTraits[strategy], parsed);
}

Deno.test("the energy rule is on under energy, never under none, else where the configuration says so", () => {
  const usual = "truncation-tournament";
  assertEquals([isOn("energy"), isOn(usual), isOn("none")], [true, false, false]);
  assertEquals(isOn(usual, { energy: { rule: true } }), true);
  assertEquals(isOn(usual, { energy: { rule: false } }), false);
  assertEquals(isOn(usual, { energy: { upkeep: 9 } }), true);
  assertEquals(isOn("none", { energy: { upkeep: 9 } }), false);
  assertEquals(energyRule(shippedTraits[usual], defaultConfig), false);
});

Deno.test("the energy rule is on where a number of energy is written out, be it the one by default", () => {
  assertEquals(isOn("truncation-tournament", { energy: { start: defaultConfig.energy.start } }), true);
  assertEquals(isOn("truncation-tournament", { energy: {} }), false);
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
