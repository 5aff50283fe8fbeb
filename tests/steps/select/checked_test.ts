import { assertEquals, assertThrows } from "@std/assert";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { checked } from "../../../lib/steps/select/checked.ts";
import type { Ranked, Strategy } from "../../../lib/steps/select/strategy.ts";
import tournament from "../../../lib/steps/select/strategies/tournament.ts";

const options = defaultConfig.selection;
const a = { id: "a" } as Ranked;
const b = { id: "b" } as Ranked;
const two = [a, b];
const random = () => 0;
const with_ = (answers: Partial<Record<keyof Strategy, unknown>>) =>
  checked({ ...tournament, ...answers } as Strategy, "plugins/own.ts");

Deno.test("checked() passes on choices from what a strategy was given", () => {
  const strategy = with_({ elites: () => [b], removalOrder: () => [b, a], parent: () => b });
  assertEquals(strategy.elites(two, options, 2), [b]);
  assertEquals(strategy.removalOrder(two, options, random), [b, a]);
  assertEquals(strategy.parent(two, options, random), b);
});

Deno.test("checked() refuses every other answer, and names module and method", () => {
  for (const answer of [undefined, 3, [{ id: "a" }], [a, a]]) {
    const strategy = with_({ elites: () => answer, removalOrder: () => answer, parent: () => answer });
    for (const method of ["elites", "removalOrder", "parent"] as const) {
      const error = assertThrows(
        () => strategy[method](two as never, options as never, random as never),
        StepFailed,
        `${method}() of the module must give`,
      );
      assertEquals(error.issue.path, "plugins/own.ts");
    }
  }
});
