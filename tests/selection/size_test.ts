import { assertThrows } from "@std/assert";
import { plan } from "../../lib/selection/core.ts";
import { loadStrategy } from "../../lib/selection/strategies.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { candidate, planInput } from "./made_candidates.ts";

const refused:
  readonly (readonly [strategy: string, options: Record<string, unknown>, size: number, message: string])[] = [
    ["one-plus-one", {}, 1, "at least 2 places: it has 1; set a larger selection.size."],
    [
      "mu-plus-lambda",
      { mu: 10 },
      10,
      "at least 11 places: it has 10; set a larger selection.size or a smaller selection.mu.",
    ],
    ["mu-comma-lambda", { mu: 6 }, 11, "at least 12 places: it has 11;"],
    ["tournament", { islands: { count: 3 } }, 2, "at least 1 place on each island: it has 0;"],
    ["one-plus-one", { islands: { count: 6 } }, 11, "at least 2 places on each island: it has 1;"],
  ];

for (const [name, more, size, message] of refused) {
  Deno.test(`plan() refuses ${name} with ${JSON.stringify(more)} in a population of ${size}`, async () => {
    const input = planInput([candidate(0), candidate(1)], { size });
    const options = { ...input.options, ...more } as typeof input.options;
    const strategy = await loadStrategy(name);
    assertThrows(() => plan({ ...input, options }, strategy), Misuse, message);
    plan({ ...input, options, size: 12 }, strategy);
  });
}

Deno.test("plan() refuses a race that keeps fewer than the elites are", async () => {
  const input = planInput([candidate(0), candidate(1)], { size: 10 });
  const options = (keep: number) => ({ ...input.options, elites: 0.3, race: { first: 4, keep, episodes: 1 } });
  const strategy = await loadStrategy("truncation-tournament");
  const message = "selection.race.keep must be at least the number of elites, 3: it is 2; keep more, or set a smaller";
  assertThrows(() => plan({ ...input, options: options(2) }, strategy), Misuse, message);
  plan({ ...input, options: options(3) }, strategy);
  plan({ ...input, options: options(2) }, await loadStrategy("mu-plus-lambda"));
});
