/**
 * The conditions of a score: world, environment, episodes, steps, and the semantics of the runtime. Scores of other
 * conditions are not comparable.
 *
 * @module
 */

import type { WorldSeed } from "../runtime/contract.ts";
import { semantics } from "../runtime/semantics.ts";
import { sha256 } from "../util/hash.ts";

/**
 * SHA-256 of what scores depend on besides genome and chance; limits, concurrency and isolation are no part of it.
 *
 * @param worldHash Hash of the world's code.
 * @param worlds The worlds of a cycle, at least one.
 */
export async function conditionsOf(worldHash: string, worlds: readonly WorldSeed[]): Promise<string> {
  const { environment, steps } = worlds[0]!;
  // The first semantics had no number.
  const number = semantics === 1 ? [] : [semantics];
  return await sha256(JSON.stringify([worldHash, environment, worlds.length, steps, ...number]));
}
