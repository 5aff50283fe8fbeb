/**
 * What a genome chooses of a pool, in numbers: for programs that hold all genes of the pool.
 *
 * @module
 */

import { numbersOf } from "../runtime/parameters.ts";
import type { GeneChoice } from "../runtime/contract.ts";
import type { Pool } from "./pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** A choice, and what the judge has to know of it. */
export interface Chosen extends GeneChoice {
  /** How many of the active genes cost energy in each step. */
  readonly costing: number;
}

/**
 * What a genome chooses: just what its wiring would hold, see `wire`.
 *
 * @param genome Valid, and of this pool: what it lacks is off or at its default, what the pool lacks does not count.
 */
export function chooseGenes(genome: Genome, pool: Pool): Chosen {
  const files = new Map(genome.files.map((file) => [file.path, file]));
  const active: number[] = [];
  const parameters: number[][] = [];
  let place = 0;
  let costing = 0;
  for (const file of pool.files) {
    const own = files.get(file.path);
    for (const gene of file.functions) {
      const isActive = own?.active === true && own.functions[gene.name] === true;
      if (isActive) active.push(place);
      if (isActive && gene.phase !== "birth") costing++;
      place++;
    }
    parameters.push(own?.active ? numbersOf(file.parameters, own.parameters) : []);
  }
  return { active, parameters, costing };
}
