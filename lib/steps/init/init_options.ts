/**
 * What `init` is asked for.
 *
 * @module
 */

import type { GenomeSource } from "../../step/genome_source.ts";

/** What `init` is asked for; what is absent is as recorded, or as the defaults say. */
export interface InitOptions {
  /** Size of the population, 1 to 1,000,000. @default 100 */
  readonly count?: number;
  /** Seed of the run. Absent at first: a random one, which is printed. */
  readonly seed?: string;
  /** Folder of the template. @default "agent_template" */
  readonly template?: string;
  /** Genomes that the first agents to be made have, one each. @default none */
  readonly from?: readonly GenomeSource[];
  /** Chance that a gene starts active, 0 to 1. @default 0.5 */
  readonly active?: number;
}
