import { assert, assertEquals } from "@std/assert";
import type { Agent, Gene } from "../../lib/runtime/contract.ts";
import { link } from "../../lib/genome/link.ts";
import { type Recipe, valley, without, worth } from "./made_genomes.ts";
import { agentOf, evaluated, fileNames, genomeOf, pool, scoresOf, wholeGenome, worldsOf } from "./made_template.ts";
import { differences, mean, pairedTest } from "./statistics.ts";

const worlds = worldsOf("valley", 100);
const good = mean(scoresOf(made(valley), worlds));

function made({ genes, values }: Recipe) {
  return genomeOf(genes, values);
}

Deno.test("a genome made by hand scores at least twice what all genes on score", () => {
  const all = mean(scoresOf(wholeGenome(), worlds));
  assert(good >= 2 * all, `${good} against ${all}`);
});

Deno.test("a genome made by hand scores at least twice what any single file scores", () => {
  for (const file of fileNames()) {
    const single = genomeOf({ [file]: "all" });
    if (link(single, pool) !== undefined) continue;
    const alone = mean(scoresOf(single, worlds));
    assert(good >= 2 * alone, `${good} against ${alone} of ${file}`);
  }
});

Deno.test("an agent without active genes scores nothing", () => {
  assertEquals(mean(scoresOf(genomeOf({}), worlds)), 0);
});

Deno.test("random actions score at most a tenth of a genome made by hand", () => {
  const anything: Gene = (evaluation) => Math.floor(evaluation.random() * evaluation.actions);
  const genome = genomeOf({});
  const agent: Agent = {
    ...agentOf(genome),
    wiring: { phases: { act: [{ name: "src/any.ts#anything", run: anything, parameters: {} }] }, active: [] },
  };
  const random = mean(evaluated(genome, { worlds }, agent).scores);
  assert(random <= good / 10, `${random} against ${good}`);
});

for (const [file, { environment, ...recipe }] of Object.entries(worth)) {
  Deno.test(`${file} is worth something in the environment ${environment}`, () => {
    const places = worldsOf(environment, 120);
    const rest = made(without(file, recipe));
    assertEquals(link(rest, pool), undefined);
    const gains = differences(scoresOf(made(recipe), places), scoresOf(rest, places));
    const chance = pairedTest(gains);
    assert(mean(gains) > 0 && chance < 0.01, `${mean(gains)} a world, p = ${chance}`);
  });
}
