import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { AddressBook } from "../../lib/steps/supervise/addresses.ts";
import { worldsOf } from "../../lib/run/worlds.ts";

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

Deno.test("worldsOf() + new in each cycle, the layout in each epoch, all by name", () => {
  const [one, two, three] = [1, 2, 3].map((cycle) => worldsOf("7", cycle, settings, config));
  assertEquals(one!.length, 3);
  assertEquals(new Set([...one!, ...two!, ...three!].map(({ seed }) => seed)).size, 9);
  assertEquals(new Set([...one!, ...two!].map(({ layout }) => layout)).size, 1);
  assertNotEquals(two![0]!.layout, three![0]!.layout);
  assertEquals(worldsOf("7", 1, settings, config), one);
  assertNotEquals(worldsOf("8", 1, settings, config)[0]!.seed, one![0]!.seed);
});

Deno.test("worldsOf() + the configuration chooses environment, episodes and steps", () => {
  assertEquals(worldsOf("7", 1, settings, config)[0]!.environment, { food: 1 });
  const [world, ...others] = worldsOf("7", 1, settings, { ...config, environment: "poor", episodes: 1, steps: 4 });
  assertEquals([world!.environment, world!.steps, others.length], [{ food: 0 }, 4, 0]);
  for (const environment of ["rich", "toString"]) {
    assertThrows(() => worldsOf("7", 1, settings, { ...config, environment }), Misuse, "plain, poor");
  }
});

Deno.test("AddressBook.draw() + distinct others, by the agent's own name alone", () => {
  const ids = Array.from({ length: 20 }, (_, i) => `agent ${i}`);
  const book = new AddressBook("7", 3, ids);
  const drawn = book.draw("agent 4", 6);
  assertEquals([new Set(drawn).size, drawn.includes("agent 4")], [6, false]);
  assertEquals(book.draw("agent 4", 6), drawn);
  assertNotEquals(book.draw("agent 5", 6), drawn);
  assertEquals(book.draw("agent 4", 99).toSorted(), ids.filter((id) => id !== "agent 4").toSorted());
  assertEquals([new AddressBook("7", 3, ["a"]).draw("a", 4), new AddressBook("7", 3, []).draw("a", 4)], [[], []]);
});
