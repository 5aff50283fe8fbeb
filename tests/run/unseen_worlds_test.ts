import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { ablationWorlds, cycleRaceWorlds, raceWorlds, searchWorlds, testWorlds } from "../../lib/run/unseen_worlds.ts";
import { worldsOf } from "../../lib/run/worlds.ts";
import type { WorldSettings } from "../../lib/runtime/contract.ts";

const config = defaultConfig.world;

function facts(settings: Partial<WorldSettings>, seed = "1") {
  const whole = { noisy: true, episodes: 3, steps: 10, environments: {}, memory: "episode", ...settings };
  return { seed, settings: whole as WorldSettings, config };
}

Deno.test("raceWorlds() and testWorlds() share no chance with each other, with any cycle, or with another seed", () => {
  const random = facts({});
  const seeds = [raceWorlds(random), ablationWorlds(random), testWorlds(random), testWorlds(facts({}, "2"))].map((
    worlds,
  ) => worlds.at(0, 50));
  const cycles = Array.from({ length: 20 }, (_, i) => worldsOf("1", i + 1, random.settings, config));
  const all = [...seeds, ...cycles].flat();
  assertEquals(new Set(all.map(({ seed }) => seed)).size, all.length);
  const layouts = new Set(cycles.flat().map(({ layout }) => layout));
  assert(seeds.flat().every(({ layout }) => !layouts.has(layout)));
  assert(testWorlds(random).isUnseen);
});

Deno.test("cycleRaceWorlds() share no chance with training, other cycles, and what no cycle uses, and have its environment", () => {
  const environments = { calm: { wind: 0 }, storm: { wind: 9 } };
  const schedule = [{ environment: "calm", cycles: 2 }, { environment: "storm" }];
  const of = {
    ...facts({ environments, instances: { train: 6, test: 4 }, episodes: 6 }),
    config: { ...config, schedule },
  };
  const races = [1, 2, 3].map((cycle) => cycleRaceWorlds(of, cycle, 8));
  const others = [raceWorlds(of), ablationWorlds(of), testWorlds(of)].map((worlds) => worlds.at(0, 50));
  const cycles = Array.from({ length: 20 }, (_, i) => worldsOf("1", i + 1, of.settings, of.config));
  const all = [...races, ...others, ...cycles].flat();
  assertEquals(new Set(all.map(({ seed }) => seed)).size, all.length);
  assertEquals(new Set([...races, ...others].flat().map(({ layout }) => layout)).size, 3 * 8 + 3 * 50);
  assertEquals(races.map(([first]) => first!.environment), [{ wind: 0 }, { wind: 0 }, { wind: 9 }]);
  assert(races.flat().every(({ instance }) => instance! < 6));
  assertNotEquals(races[0]!.map(({ instance }) => instance), races[1]!.map(({ instance }) => instance));
});

Deno.test("raceWorlds() are the same in whatever parts they are asked for", () => {
  const race = raceWorlds(facts({}));
  assertEquals([...race.at(0, 4), ...race.at(4, 9)], race.at(0, 9));
});

Deno.test("raceWorlds() are of training instances in an order of their own, testWorlds() of those to test with", () => {
  const of = (noisy: boolean) => facts({ noisy, episodes: 6, instances: { train: 6, test: 4 } });
  const instances = (worlds: { at(from: number, to: number): { readonly instance?: number }[] }) =>
    worlds.at(0, 8).map(({ instance }) => instance!);
  assertEquals(instances(testWorlds(of(false))), [6, 7, 8, 9]);
  assertEquals(instances(testWorlds(of(true))), [6, 7, 8, 9, 6, 7, 8, 9]);
  assertEquals(instances(raceWorlds(of(true))).slice(0, 6).toSorted(), [0, 1, 2, 3, 4, 5]);
  assertNotEquals(instances(raceWorlds(of(true))), instances(raceWorlds({ ...of(true), seed: "2" })));
});

Deno.test("raceWorlds() are none where they would tell what training has told, and testWorlds() say that nothing is unseen", () => {
  for (const settings of [{ noisy: false }, { noisy: false, instances: 5, episodes: 5 }]) {
    assertEquals(raceWorlds(facts(settings)).at(0, 9), []);
    assertEquals(testWorlds(facts(settings)).isUnseen, false);
  }
  assertEquals(testWorlds(facts({ noisy: false })).at(0, 9).length, 1);
  assertEquals(testWorlds(facts({ noisy: false, instances: 5, episodes: 5 })).at(0, 9).length, 5);
});

Deno.test("ablationWorlds() are of training instances, and the training worlds themselves where chance has no part", () => {
  const noisy = ablationWorlds(facts({ instances: { train: 6, test: 4 }, episodes: 6 })).at(0, 6);
  assertEquals(noisy.map(({ instance }) => instance!).toSorted(), [0, 1, 2, 3, 4, 5]);
  const still = facts({ noisy: false, instances: { train: 5, test: 4 }, episodes: 5 });
  const { count, isUnseen, at } = ablationWorlds(still);
  assertEquals([count, isUnseen, at(0, 99)], [5, false, worldsOf("1", 1, still.settings, config)]);
});

Deno.test("searchWorlds() are those of the first cycle, in the environments of a schedule by turns", () => {
  const environments = { calm: { wind: 0 }, storm: { wind: 9 } };
  const plain = facts({ environments });
  assertEquals(searchWorlds(plain), worldsOf("1", 1, plain.settings, config));
  const winds = (schedule: typeof config.schedule) =>
    searchWorlds({ ...plain, config: { ...config, schedule } }).map(({ environment }) => environment.wind);
  assertEquals(winds([{ environment: "calm", cycles: 1 }, { environment: "storm", cycles: 1 }]), [0, 9, 0]);
  assertEquals(winds([{ environment: "calm", cycles: 4 }, { environment: "storm" }]), [9, 9, 9]);
});
