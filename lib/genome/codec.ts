/**
 * Decoding of genomes, which are hostile input.
 *
 * @module
 */

import { bad, good, type Result } from "../util/issue.ts";
import { BytesError, fromBytes } from "../runtime/genome_bytes.ts";
import { type Genome, genomeSchema } from "../runtime/genome_schema.ts";

/**
 * The genome that bytes hold, within all limits on size, depth, numbers and names.
 *
 * @param bytes The content of `genome.bin`, or what an agent returned.
 * @returns The genome, or an issue whose code tells what is wrong: `genome.size`, `genome.truncated`,
 * `genome.trailing`, `genome.depth`, `genome.format`, `genome.text`, `genome.key`, `genome.repeated` for the bytes,
 * `genome.shape` for what they hold.
 */
export function decodeGenome(bytes: Uint8Array): Result<Genome> {
  let value: unknown;
  try {
    value = fromBytes(bytes);
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
    return bad(error.code, `Cannot decode the genome: ${error.message}.`);
  }
  const parsed = genomeSchema.safeParse(value);
  if (parsed.success) return good(parsed.data);
  const first = parsed.error.issues[0]!;
  const place = first.path.map(String).join(".").slice(0, 200);
  return bad("genome.shape", `Cannot use the genome: ${place || "it"}: ${first.message.slice(0, 200)}.`, place);
}
