/**
 * Which genes of a genome are active.
 *
 * @module
 */

import { fullName } from "../runtime/names.ts";
import type { Pool, PoolFunction } from "./pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** An active gene. */
export interface ActiveGene {
  /** Path of its file within the template. */
  readonly file: string;
  /** Name of the function. */
  readonly function: string;
  /** When the runtime calls it; absent: only other genes call it. */
  readonly phase?: string;
  /** What the pool knows of it. */
  readonly facts: PoolFunction;
}

/**
 * The active genes: those whose own flag and whose file's flag are on, sorted by file and name.
 *
 * @param genome What it holds beyond the pool does not count.
 */
export function activeGenes(genome: Genome, pool: Pick<Pool, "files">): ActiveGene[] {
  const files = new Map(genome.files.map((file) => [file.path, file]));
  return pool.files.flatMap((file) => {
    const own = files.get(file.path);
    if (!own?.active) return [];
    return file.functions.filter((gene) => own.functions[gene.name] === true).map((gene) => ({
      file: file.path,
      function: gene.name,
      ...(gene.phase !== undefined && { phase: gene.phase }),
      facts: gene,
    }));
  });
}

/** Full names of the active genes, such as `src/rl.ts#learn`. */
export function activeNames(genome: Genome, pool: Pool): Set<string> {
  return new Set(activeGenes(genome, pool).map((gene) => fullName(gene.file, gene.function)));
}

/** How many active genes cost energy in each step: all but those of phase `birth`. */
export function costingGenes(genome: Genome, pool: Pool): number {
  return activeGenes(genome, pool).filter((gene) => gene.phase !== "birth").length;
}

/** Whether a genome has no active gene of phase `birth`. */
export function isSterile(genome: Genome, pool: Pool): boolean {
  return !activeGenes(genome, pool).some((gene) => gene.phase === "birth");
}
