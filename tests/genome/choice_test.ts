import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { activeGenes, costingGenes } from "../../lib/genome/active.ts";
import { chooseGenes } from "../../lib/genome/choice.ts";
import { drawGenome } from "../../lib/genome/draw.ts";
import { fitToPool } from "../../lib/genome/fit.ts";
import { fullName } from "../../lib/runtime/names.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { pools } from "./made_pool.ts";

Deno.test("chooseGenes() chooses the genes and the parameters that the wiring would hold, also where loci lack", () => {
  fc.assert(fc.property(pools, fc.string(), fc.nat(), (pool, seed, lacking) => {
    const whole = drawGenome(pool, stream(deriveSeed(seed)), 0.6);
    const genome = { ...whole, files: whole.files.filter((_, index) => index !== lacking % 4) };
    const names = pool.files.flatMap((file) => file.functions.map(({ name }) => fullName(file.path, name)));
    const { active, parameters, costing } = chooseGenes(genome, pool);
    const wired = activeGenes(genome, pool).map((gene) => fullName(gene.file, gene.function));
    assertEquals(active.map((place) => names[place]), wired);
    assertEquals(names, names.toSorted());
    assertEquals(costing, costingGenes(genome, pool));
    const fitted = fitToPool(genome, pool, new Set());
    if (!fitted.ok) throw new Error(fitted.issue.message);
    fitted.value.genome.files.forEach((file, at) => {
      if (file.active) {
        assertEquals(
          parameters[at],
          pool.files[at]!.parameters.flatMap(({ name }) => file.parameters[name]!),
        );
      }
    });
  }));
});
