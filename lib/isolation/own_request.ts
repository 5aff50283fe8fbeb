/**
 * The part of a request that is no other's: the same bytes each time that the same evaluation is run.
 *
 * @module
 */

import type { AgentRequest, WorldSettings } from "../runtime/contract.ts";
import { deriveSeed } from "../runtime/random.ts";

/** What one evaluation is given. */
export interface OwnInputs extends Pick<AgentRequest, "kind" | "past" | "inbox" | "addresses"> {
  readonly id: string;
  readonly cycle: number;
  readonly genomeHash: string;
  /** The bytes of its genome; absent where they are lost. */
  readonly genome: Uint8Array | undefined;
  /** The bytes of the other parents' genomes. */
  readonly mates: readonly Uint8Array[];
  /** JSON of the memory of its lifetime; absent where that is empty. */
  readonly memory: string | undefined;
}

/** A part of a request, and the token of the whole. */
export interface OwnPart {
  readonly token: string;
  /** The JSON of an object. */
  readonly own: string;
}

/**
 * What an evaluation alone is asked.
 *
 * @param seed The run's.
 * @param world Says where the streams of genes come from.
 */
export function ownPart(seed: string, { randomness }: Pick<WorldSettings, "randomness">, given: OwnInputs): OwnPart {
  const { id, cycle, kind, genomeHash, genome, mates, past, inbox, addresses, memory } = given;
  const token = deriveSeed(seed, "token", cycle, id, kind);
  const rest = JSON.stringify({
    version: 1,
    kind,
    token,
    seed: deriveSeed(seed, "life", cycle, id, kind),
    ...(kind === "judged" && randomness === "genome" && { genomeSeed: deriveSeed(seed, "genome", genomeHash) }),
    genome: genome?.toBase64(),
    mates: mates.map((bytes) => bytes.toBase64()),
    past,
    inbox,
    addresses,
  });
  return { token, own: `${rest.slice(0, -1)},"memory":${memory ?? "[]"}}` };
}
