import { assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { AddressBook } from "../../lib/evaluation/addresses.ts";
import type { Config } from "../../lib/run/config_schema.ts";
import { environmentAt } from "../../lib/run/schedule.ts";
import { testWorlds } from "../../lib/run/unseen_worlds.ts";
import { effortOf, worldsOf } from "../../lib/run/worlds.ts";
import type { WorldSettings } from "../../lib/runtime/contract.ts";

const settings = {
  actions: ["stay"],
  phases: ["act"],
  steps: 9,
  episodes: 3,
  noisy: true,
  memory: "episode" as const,
  environments: { plain: { food: 1 }, poor: { food: 0 } },
};
const config = { ...defaultConfig.world, epochCycles: 2 };

Deno.test("worldsOf(): new in each cycle, the layout in each epoch, all by name", () => {
  const [one, two, three] = [1, 2, 3].map((cycle) => worldsOf("7", cycle, settings, config));
  assertEquals(one!.length, 3);
  assertEquals(new Set([...one!, ...two!, ...three!].map(({ seed }) => seed)).size, 9);
  assertEquals(new Set([...one!, ...two!].map(({ layout }) => layout)).size, 1);
  assertNotEquals(two![0]!.layout, three![0]!.layout);
  assertEquals(worldsOf("7", 1, settings, config), one);
  assertNotEquals(worldsOf("8", 1, settings, config)[0]!.seed, one![0]!.seed);
});

Deno.test("worldsOf(): the configuration chooses environment, episodes and steps", () => {
  assertEquals(worldsOf("7", 1, settings, config)[0]!.environment, { food: 1 });
  const [world, ...others] = worldsOf("7", 1, settings, { ...config, environment: "poor", episodes: 1, steps: 4 });
  assertEquals([world!.environment, world!.steps, others.length], [{ food: 0 }, 4, 0]);
  for (const environment of ["rich", "toString"]) {
    assertThrows(() => worldsOf("7", 1, settings, { ...config, environment }), Misuse, "plain, poor");
  }
});

Deno.test("environmentAt(): seasons begin anew, and the last of a curriculum stays", () => {
  const seasons = [{ environment: "a", cycles: 2 }, { environment: "b", cycles: 1 }];
  const names = (schedule: Config["world"]["schedule"]) =>
    [1, 2, 3, 4, 5, 6, 7, 3_000_000].map((cycle) => environmentAt({ schedule }, cycle)).join("");
  assertEquals(names(seasons), "aabaabac".replace("c", "b"));
  assertEquals(names([...seasons, { environment: "c" }]), "aabccccc");
  assertEquals(names([{ environment: "c" }]), "cccccccc");
  assertEquals([environmentAt({ environment: "x" }, 9), environmentAt({}, 9)], ["x", undefined]);
});

Deno.test("worldsOf(): a schedule chooses the environment, and all of its names must be there from the first cycle on", () => {
  const schedule = [{ environment: "poor", cycles: 2 }, { environment: "plain" }];
  const food = [1, 2, 3].map((cycle) => worldsOf("7", cycle, settings, { ...config, schedule })[0]!.environment.food);
  assertEquals(food, [0, 0, 1]);
  const [scheduled, plain] = [{ ...config, schedule }, config].map((one) => worldsOf("7", 1, settings, one)[0]!);
  assertEquals([scheduled!.seed, scheduled!.layout], [plain!.seed, plain!.layout]);
  const wrong = { ...config, schedule: [...schedule.slice(0, 1), { environment: "plane" }] };
  const { issue } = assertThrows(() => worldsOf("7", 1, settings, wrong), Misuse);
  assertEquals(issue.path, "world.schedule.1.environment");
  assertStringIncludes(issue.message, "the nearest is plain");
});

Deno.test("worlds beside the cycles are of all seasons in turn, or of the last of a curriculum", () => {
  const food = (schedule: Config["world"]["schedule"]) =>
    testWorlds({ seed: "7", settings, config: { ...config, schedule } }).at(0, 4).map(({ environment }) =>
      environment.food
    );
  const seasons = [{ environment: "plain", cycles: 1 }, { environment: "poor", cycles: 2 }];
  assertEquals(food(seasons), [1, 0, 0, 1]);
  assertEquals(food([...seasons, { environment: "plain" }]), [1, 1, 1, 1]);
});

Deno.test("worldsOf(): all training instances in order, where nothing says how many", () => {
  const { episodes: _, ...rest } = settings;
  for (const instances of [5, { train: 5, test: 3 }]) {
    const worlds = worldsOf("7", 2, { ...rest, instances }, config);
    assertEquals(worlds.map(({ instance }) => instance), [0, 1, 2, 3, 4]);
    assertEquals(
      worlds.map(({ seed }) => seed),
      worldsOf("7", 2, { ...settings, episodes: 5 }, config).map(({ seed }) => seed),
    );
  }
  assertEquals("instance" in worldsOf("7", 2, settings, config)[0]!, false);
});

Deno.test("worldsOf() draws training instances without replacement, by the seed and the cycle", () => {
  const drawn = (seed: string, cycle: number) =>
    worldsOf(seed, cycle, { ...settings, instances: { train: 9, test: 9 } }, config).map(({ instance }) => instance!);
  assertEquals(drawn("7", 1), drawn("7", 1));
  const cycles = Array.from({ length: 300 }, (_, cycle) => drawn("7", cycle + 1));
  for (const instances of cycles) {
    assertEquals([instances.length, new Set(instances).size], [3, 3]);
    assertEquals(instances.every((one) => one >= 0 && one < 9), true);
  }
  // Each of the nine at each of the three places in a ninth of the cycles: 33, five standard deviations are 27.
  for (let place = 0; place < 3; place++) {
    for (let one = 0; one < 9; one++) {
      const count = cycles.filter((instances) => instances[place] === one).length;
      assertEquals(count > 6 && count < 60, true, `${one} at ${place}: ${count}`);
    }
  }
  assertNotEquals(drawn("8", 1), drawn("7", 1));
});

Deno.test("worldsOf() refuses a configuration whose episodes an evaluation can't be of", () => {
  const refused = (changed: Partial<WorldSettings>, episodes: number, words: string) =>
    assertThrows(() => worldsOf("7", 1, { ...settings, ...changed }, { ...config, episodes }), Misuse, words);
  refused({}, 65, "at most 64 in a world without instances: it is 65");
  refused({ instances: 4 }, 5, "at most 4");
  refused({ instances: 4, episodes: 4, noisy: false }, 2, "each cycle draws 2 of 4 instances");
  assertEquals(worldsOf("7", 1, { ...settings, instances: 100 }, { ...config, episodes: 100 }).length, 100);
});

Deno.test("AddressBook.draw(): distinct others, by the agent's own name alone", () => {
  const ids = Array.from({ length: 20 }, (_, i) => `agent ${i}`);
  const book = new AddressBook("7", 3, ids);
  const drawn = book.draw("agent 4", 6);
  assertEquals([new Set(drawn).size, drawn.includes("agent 4")], [6, false]);
  assertEquals(book.draw("agent 4", 6), drawn);
  assertNotEquals(book.draw("agent 5", 6), drawn);
  assertEquals(book.draw("agent 4", 99).toSorted(), ids.filter((id) => id !== "agent 4").toSorted());
  assertEquals([new AddressBook("7", 3, ["a"]).draw("a", 4), new AddressBook("7", 3, []).draw("a", 4)], [[], []]);
});

Deno.test("effortOf() counts probes as well, so that what is probed much is compiled well", () => {
  const worlds = [{ seed: "", layout: "", environment: {}, steps: 5 }, {
    seed: "",
    layout: "",
    environment: {},
    steps: 6,
  }];
  assertEquals(effortOf({}, worlds), 11);
  assertEquals(effortOf({ probes: 10_000 }, worlds), 40_011);
});
