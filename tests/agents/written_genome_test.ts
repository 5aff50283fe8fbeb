import { assert, assertEquals } from "@std/assert";
import { givenGenome } from "../../lib/agents/given_genome.ts";
import { writtenGenome } from "../../lib/agents/written_genome.ts";
import { activeNames } from "../../lib/genome/active.ts";
import { allGenes } from "../../lib/genome/all_genes.ts";
import { chooseGenes } from "../../lib/genome/choice.ts";
import { withoutGenes } from "../../lib/genome/without.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { twinProgram } from "../../lib/twin/twin.ts";

Deno.test("writtenGenome() is what givenGenome() takes: the same genes with the same parameters", async () => {
  const { pool } = await twinProgram(`${projectRoot}/bench/evidence/bits`);
  const genome = withoutGenes(allGenes(pool), new Set([...activeNames(allGenes(pool), pool)].slice(0, 1)));
  const again = givenGenome(new TextEncoder().encode(writtenGenome(genome, pool)), pool);
  assert(again.ok);
  assertEquals(chooseGenes(again.value, pool), chooseGenes(genome, pool));
});
