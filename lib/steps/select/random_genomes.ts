/**
 * Genomes that are born at random.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { drawViable, mostDraws } from "../../genome/draw.ts";
import type { Pool } from "../../genome/pool.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import type { PlannedBirth } from "../../selection/core.ts";
import { initDefaults } from "../../template/template_folder.ts";
import { sha256 } from "../../util/hash.ts";

/** A genome that was drawn. */
export interface DrawnGenome {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Genomes of the births that are random, by their numbers: drawn as `init` draws them, each from a stream of its own. */
export async function drawnGenomes(
  listing: Listing,
  cycle: number,
  births: readonly PlannedBirth[],
  pool: Pool,
): Promise<ReadonlyMap<number, DrawnGenome>> {
  const seed = listing.meta("seed")!;
  const active = Number(listing.meta("active") ?? initDefaults.active);
  const random = births.filter(({ kind }) => kind === "random");
  return new Map(
    await Promise.all(random.map(async ({ number }): Promise<[number, DrawnGenome]> => {
      const draw = stream(deriveSeed(seed, "genome", "birth", cycle, number));
      const bytes = toBytes(drawViable(pool, draw, active, mostDraws).genome);
      return [number, { bytes, hash: await sha256(bytes) }];
    })),
  );
}
