/**
 * Genomes as users write and read them.
 *
 * @module
 */

import { activeGenes } from "../genome/active.ts";
import type { Pool } from "../genome/pool.ts";
import type { ParameterValue } from "../runtime/contract.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { fullName } from "../runtime/names.ts";
import { numbersOf, valuesOf } from "../runtime/parameters.ts";

/** The parameters of files by file and name, as genes read them. */
export type WrittenParameters = Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;

/** The parameters of the files that are on. */
export function writtenParameters(genome: Genome, pool: Pick<Pool, "files">): WrittenParameters {
  const own = new Map(genome.files.map((file) => [file.path, file]));
  return Object.fromEntries(
    pool.files.filter(({ path, parameters }) => own.get(path)?.active && parameters.length > 0)
      .map(({ path, parameters }) => [path, valuesOf(parameters, numbersOf(parameters, own.get(path)!.parameters))]),
  );
}

/** A genome as `genes` and `parameters`, from which `givenGenome` makes it again, but for what is off. */
export function writtenGenome(genome: Genome, pool: Pick<Pool, "files">): string {
  const genes = activeGenes(genome, pool).map((gene) => ({ gene: fullName(gene.file, gene.function) }));
  return `${JSON.stringify({ genes, parameters: writtenParameters(genome, pool) }, null, 2)}\n`;
}
