/**
 * The conditions of a score: world, environment, episodes, steps, and the semantics of the runtime; and where the world is not
 * noisy, so that a score stands, what is drawn of it. Scores of other conditions are not comparable.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import type { WorldSeed } from "../runtime/contract.ts";
import { semantics } from "../runtime/semantics.ts";
import { sha256 } from "../util/hash.ts";

/**
 * SHA-256 of what scores depend on besides genome and chance; limits, concurrency and isolation are no part of it.
 *
 * In a noisy world chance includes the layout and the seeds of the episodes, which are new in each epoch and each cycle.
 *
 * @param worlds The worlds of a cycle, at least one.
 */
export async function conditionsOf(
  { worldHash, worldDraws }: Pick<Pool, "worldHash" | "worldDraws">,
  worlds: readonly WorldSeed[],
): Promise<string> {
  const { environment, steps } = worlds[0]!;
  // The first semantics had no number.
  const number = semantics === 1 ? [] : [semantics];
  const drawn = worldDraws ? [drawnOf(worldDraws, worlds)] : [];
  return await sha256(JSON.stringify([worldHash, environment, worlds.length, steps, ...number, ...drawn]));
}

function drawnOf(draws: NonNullable<Pool["worldDraws"]>, worlds: readonly WorldSeed[]): (readonly string[])[] {
  return worlds.map(({ layout, seed }) => draws.map((draw) => draw === "layout" ? layout : seed));
}
