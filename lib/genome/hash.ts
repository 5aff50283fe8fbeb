/**
 * The identity of a genome.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { toBytes } from "../runtime/genome_bytes.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** SHA-256 of the genome's canonical bytes, as 64 hexadecimal digits. */
export async function genomeHash(genome: Genome): Promise<string> {
  return await sha256(toBytes(genome));
}
