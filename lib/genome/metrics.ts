/**
 * Structural metrics of a genome.
 *
 * @module
 */

import { activeGenes } from "./active.ts";
import type { Pool } from "./pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** What of an agent's source is active. */
export interface Metrics {
  /** Files with an active gene. */
  readonly files: number;
  /** Active genes. */
  readonly functions: number;
  /** Numbers that the parameters of these files are made of. */
  readonly parameters: number;
  /** Lines of the active genes. */
  readonly lines: number;
  /** Sum of the active genes' cyclomatic complexities. */
  readonly complexity: number;
  /** Active genes of phase `birth`; without one the genome is sterile. */
  readonly birthGenes: number;
}

/** The structural metrics of a genome. */
export function structure(genome: Genome, pool: Pool): Metrics {
  const genes = activeGenes(genome, pool);
  const paths = new Set(genes.map((gene) => gene.file));
  const files = pool.files.filter((file) => paths.has(file.path));
  return {
    files: files.length,
    functions: genes.length,
    parameters: sum(files.flatMap((file) => file.parameters.map(({ length = 1 }) => length))),
    lines: sum(genes.map((gene) => gene.facts.lines)),
    complexity: sum(genes.map((gene) => gene.facts.complexity)),
    birthGenes: genes.filter((gene) => gene.facts.phase === "birth").length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
