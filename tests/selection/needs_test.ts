import { assertThrows } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import type { WorldSettings } from "../../lib/runtime/contract.ts";
import { demandNeeds } from "../../lib/selection/needs.ts";
import { Misuse } from "../../lib/util/issue.ts";

const world = { environments: {}, episodes: 1, steps: 1, noisy: false } as unknown as WorldSettings;
const gap = { name: "gap", sense: "minimise" } as const;
const cost = { name: "cost", sense: "minimise" } as const;

Deno.test("demandNeeds() refuses a strategy where the world or the configuration lacks what it goes by, and says what", () => {
  const refused = (needs: Parameters<typeof demandNeeds>[1], message: string, of = world) =>
    assertThrows(() => demandNeeds("mine", needs, of, defaultConfig), Misuse, message);
  refused({ objectives: 2 }, "Cannot select by mine as world.ts must declare 2 objectives or more: it declares none.");
  refused({ objectives: 2 }, "it declares 1.", { ...world, objectives: [gap] });
  refused({ cases: true }, "an evaluation must be of 2 episodes or more");
  refused({ descriptors: true }, "selection.descriptors must say by which measures genomes differ");
});

Deno.test("demandNeeds() takes what a strategy goes by", () => {
  const descriptors = [{ measure: "gap", min: 0, max: 1, bins: 2 }];
  const config = { ...defaultConfig, selection: { ...defaultConfig.selection, descriptors } };
  const all = { ...world, episodes: 2, objectives: [gap, cost] } as WorldSettings;
  demandNeeds("mine", { objectives: 2, cases: true, descriptors: true, age: true }, all, config);
  demandNeeds("mine", {}, world, defaultConfig);
});

Deno.test("demandNeeds() refuses a race within cycles where further episodes tell nothing new", () => {
  const config = {
    ...defaultConfig,
    selection: { ...defaultConfig.selection, race: { first: 4, keep: 2, episodes: 3 } },
  };
  assertThrows(() => demandNeeds("mine", {}, world, config), Misuse, "the world must be noisy");
  demandNeeds("mine", {}, { ...world, noisy: true }, config);
});
