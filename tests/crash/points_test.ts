import { assert, assertEquals } from "@std/assert";
import { drawn } from "./_chosen.ts";
import { Stages } from "./_stages.ts";
import { tearAll, told } from "./_torn.ts";

const seed = "00112233445566778899aabbccddeeff";

Deno.test("killed at one of its writes and started again, a step ends as if it had not been killed", async () => {
  await using stages = await Stages.live({ aside: false });
  for (const { name, points } of stages.stages) assert(points.length > 5, `${name} has ${points.length} points`);
  const torn = await tearAll(stages, drawn(stages.points(), 4, seed), 2);
  assertEquals(torn.map(({ point, wrong }) => [told(point), wrong]), torn.map(({ point }) => [told(point), []]));
  assert(torn.filter(({ killed }) => killed).length >= 3);
});
