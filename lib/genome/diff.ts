/**
 * How far genomes are apart.
 *
 * @module
 */

import { numbersByName } from "../runtime/parameters.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** The loci of a genome: each file's flag, each function's flag and each number of a parameter, with its allele. */
export function alleles(genome: Genome): Map<string, boolean | number> {
  const found = new Map<string, boolean | number>();
  for (const file of genome.files) {
    found.set(file.path, file.active);
    for (const [name, active] of Object.entries(file.functions)) found.set(`${file.path}#${name}`, active);
    for (const [name, value] of numbersByName(file.parameters)) found.set(`${file.path}:${name}`, value);
  }
  return found;
}

/** How many loci differ between two genomes (Hamming distance); a locus that one of them lacks differs. */
export function genomeDistance(a: Genome, b: Genome): number {
  return differing(alleles(a), alleles(b)).length;
}

/** The loci at which two genomes differ, sorted, such as `src/rl.ts`, `src/rl.ts#learn`, `src/rl.ts:rate` or `src/a.ts:bits[17]`. */
export function genomeDiff(a: Genome, b: Genome): string[] {
  return differing(alleles(a), alleles(b)).sort();
}

/** One locus at which two genomes differ; null: the genome lacks it. */
export interface LocusDifference {
  readonly locus: string;
  readonly before: boolean | number | null;
  readonly after: boolean | number | null;
}

/** The loci at which two genomes differ with what they hold there, sorted. */
export function genomeChanges(before: Genome, after: Genome): LocusDifference[] {
  const [had, has] = [alleles(before), alleles(after)];
  return differing(had, has).sort().map((locus) => ({
    locus,
    before: had.get(locus) ?? null,
    after: has.get(locus) ?? null,
  }));
}

/** Share of the child's loci that have the allele of the parent, from 0 to 1. */
export function genomeShare(child: Genome, parent: Genome): number {
  const own = alleles(child);
  const other = alleles(parent);
  const same = [...own].filter(([locus, allele]) => other.get(locus) === allele).length;
  return own.size === 0 ? 1 : same / own.size;
}

function differing(a: Map<string, boolean | number>, b: Map<string, boolean | number>): string[] {
  const loci: string[] = [];
  for (const [locus, allele] of a) if (b.get(locus) !== allele) loci.push(locus);
  for (const locus of b.keys()) if (!a.has(locus)) loci.push(locus);
  return loci;
}
