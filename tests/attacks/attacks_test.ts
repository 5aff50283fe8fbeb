import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { allAttacks, type Trial } from "./attack.ts";

const attacks = await allAttacks();

async function judge({ verdict, by, run }: Trial): Promise<void> {
  const { succeeded, how } = await run();
  assertEquals(succeeded ? "passes" : "stops", verdict, how);
  if (by !== undefined) assertStringIncludes(how, by);
}

for (const { name, alone, shipped } of attacks) {
  for (const [layer, trial] of Object.entries(alone)) {
    Deno.test(`attack ${name} + ${layer} alone ${trial.verdict === "stops" ? "stops it" : "lets it pass"}`, () =>
      judge(trial));
  }
  Deno.test(`attack ${name} + the shipped configuration stops it`, () => {
    assertEquals(shipped.verdict, "stops");
    return judge(shipped);
  });
}

Deno.test("attacks + each is stopped by a layer that is there for it", () => {
  for (const { name, alone } of attacks) assert(Object.values(alone).some(({ verdict }) => verdict === "stops"), name);
});
