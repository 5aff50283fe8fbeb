import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { allAttacks, type Trial } from "./attack.ts";
import { page } from "./table.ts";

const attacks = await allAttacks();

async function judge({ verdict, by, run }: Trial): Promise<void> {
  const { succeeded, how } = await run();
  assertEquals(succeeded ? "passes" : "stops", verdict, how);
  if (by !== undefined) assertStringIncludes(how, by);
}

for (const { name, alone, shipped } of attacks) {
  for (const [layer, trial] of Object.entries(alone)) {
    const ignore = trial.ignore || (layer === "bubblewrap" && bubblewrap === undefined);
    const what = trial.verdict === "stops" ? "stops it" : "lets it pass";
    Deno.test(`attack ${name}: ${layer} alone ${what}`, { ignore }, () => judge(trial));
  }
  Deno.test(`attack ${name}: the shipped configuration stops it`, () => {
    assertEquals(shipped.verdict, "stops");
    return judge(shipped);
  });
}

Deno.test("attacks: each is stopped by a layer that is there for it", () => {
  for (const { name, alone } of attacks) assert(Object.values(alone).some(({ verdict }) => verdict === "stops"), name);
});

Deno.test("attacks: there are at least 50, and docs/attacks.md lists them all", async () => {
  assert(attacks.length >= 50);
  const bare = (text: string) => text.replace(/-{3,}/g, "---").replace(/\s+/g, " ").trim();
  const fresh = "deno run -A tests/attacks/table.ts | deno fmt --ext md - > docs/attacks.md";
  assertEquals(
    bare(await Deno.readTextFile(`${projectRoot}/docs/attacks.md`)),
    bare(page(attacks)),
    `make it anew: ${fresh}`,
  );
});
