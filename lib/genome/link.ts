/**
 * Linking: whether every gene that an active gene needs is active too.
 *
 * @module
 */

import { activeGenes } from "./active.ts";
import { fullName } from "../runtime/names.ts";
import type { Pool } from "./pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Issue } from "../util/issue.ts";

/**
 * Links the active genes of a genome by the calls in the pool's syntax trees.
 *
 * @returns An issue `genotype.lethal` that names the first gene which needs one that is switched off, and that one;
 * or `undefined` where the genotype links.
 */
export function link(genome: Genome, pool: Pool): Issue | undefined {
  const genes = activeGenes(genome, pool);
  const active = new Set(genes.map((gene) => fullName(gene.file, gene.function)));
  for (const gene of genes) {
    const missing = gene.facts.calls.find((name) => !active.has(name));
    if (missing === undefined) continue;
    const [path, name] = missing.split("#") as [string, string];
    const needed = path === gene.file ? `\`${name}\`` : `\`${name}\` in ${path}`;
    return {
      code: "genotype.lethal",
      message: `\`${gene.function}\` in ${gene.file} calls ${needed}, which the genome switches off`,
      path: fullName(gene.file, gene.function),
    };
  }
  return undefined;
}
