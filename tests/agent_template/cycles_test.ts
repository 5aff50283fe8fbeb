import { assert } from "@std/assert";
import { numbersByName } from "../../lib/runtime/parameters.ts";
import { correspond, evolve, growUp } from "./cycles.ts";
import { founder, learner, messenger, without } from "./made_genomes.ts";
import { genomeOf, scoresOf, worldsOf } from "./made_template.ts";
import { differences, mean, pairedTest } from "./statistics.ts";

function assertGain(gains: readonly number[]): void {
  const chance = pairedTest(gains);
  assert(mean(gains) > 0 && chance < 0.01, `${mean(gains)} on average, p = ${chance}: ${gains}`);
}

Deno.test("communication is worth something over cycles in the dark", () => {
  const silent = without("communication", messenger);
  const names = Array.from({ length: 12 }, (_, name) => name);
  const told = names.map((name) => correspond(genomeOf(messenger.genes, messenger.values), "dark", name));
  const untold = names.map((name) => correspond(genomeOf(silent.genes, silent.values), "dark", name));
  assertGain(differences(told, untold));
});

Deno.test("meta is worth something over cycles: an adult finds a better genome than it was born with", () => {
  const fixed = without("meta", learner);
  const worlds = worldsOf("meadow", 20, "judged");
  const before = mean(scoresOf(genomeOf(fixed.genes, fixed.values), worlds));
  const names = Array.from({ length: 24 }, (_, name) => name);
  const after = names.map((name) => {
    const found = growUp(genomeOf(learner.genes, learner.values), "meadow", name);
    const values = Object.fromEntries(
      found.files.flatMap(({ path, parameters }) =>
        numbersByName(parameters).map(([key, value]) => [`${path.slice("src/".length, -".ts".length)}.${key}`, value])
      ),
    );
    return mean(scoresOf(genomeOf(fixed.genes, values), worlds));
  });
  assertGain(after.map((score) => score - before));
});

Deno.test("selfmod is worth something over cycles: copies stay what they are, newborns find what is missing", () => {
  const start = genomeOf(founder.genes, founder.values);
  const worlds = worldsOf("meadow", 12, "judged");
  const before = mean(scoresOf(start, worlds));
  const gains = Array.from({ length: 8 }, (_, name) => {
    const population = evolve(start, "meadow", name);
    return mean(population.map((genome) => mean(scoresOf(genome, worlds)))) - before;
  });
  assertGain(gains);
});
