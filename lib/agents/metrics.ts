/**
 * The metrics of an agent that `scan` records.
 *
 * @module
 */

import { type Metrics as Structure, structure } from "../genome/metrics.ts";
import type { Pool } from "../genome/pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** Metrics of an agent's genome and its history: `agents.metrics`, in JSON. */
export interface Metrics extends Structure {
  /** Loci that differ from the genome before this one; of a newborn: from the one that it was born with. */
  readonly distance: number;
  /** How often the agent has changed its genome so far. */
  readonly mutations: number;
}

/**
 * The metrics of a genome.
 *
 * @param genome Fitted to the pool.
 */
export function metricsOf(genome: Genome, pool: Pool, distance = 0, mutations = 0): Metrics {
  return { ...structure(genome, pool), distance, mutations };
}
