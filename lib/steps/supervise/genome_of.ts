/**
 * The genome of a life, decoded once.
 *
 * @module
 */

import { fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Life } from "./life.ts";

const decoded = new WeakMap<Life, Genome>();

/** The genome of a life that has one: what was built was found valid, and its hash says that it is still the same. */
export function genomeOf(life: Life): Genome {
  let genome = decoded.get(life);
  if (!genome) decoded.set(life, genome = fromBytes(life.genome!) as Genome);
  return genome;
}
