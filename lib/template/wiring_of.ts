/**
 * From the bytes of a genome to its wiring.
 *
 * @module
 */

import { fromBytes } from "../runtime/genome_bytes.ts";
import { fitToPool } from "../genome/fit.ts";
import type { Pool } from "../genome/pool.ts";
import { reachOf } from "../genome/reach.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { good, type Result } from "../util/issue.ts";
import { wire, type WiringText } from "../wiring/wiring.ts";
import { buildKey } from "../db/build_key.ts";
import type { KnownPools } from "./known_pools.ts";

/** What a genome comes to in the present pool. */
export interface Wired {
  /** Fitted to the pool. */
  readonly genome: Genome;
  readonly wiring: WiringText;
  /** What it reaches, from `reachOf`. */
  readonly reach: string;
  readonly buildKey: string;
}

/**
 * The wiring of a genome in the present pool.
 *
 * Needs read permission for the run's pools.
 *
 * @param bytes Decoded and found valid before, as by `scan`: the schema needn't be loaded again.
 * @returns What is wrong where the genome does not fit the pool.
 */
export async function wiringOf(bytes: Uint8Array, pools: KnownPools): Promise<Result<Wired>> {
  const fitted = fitToPool(fromBytes(bytes) as Genome, pools.pool, await pools.formerNames());
  if (!fitted.ok) return fitted;
  return good(await wiredBy(fitted.value.genome, pools.pool));
}

/** The wiring of a genome that fits a pool. */
export async function wiredBy(genome: Genome, pool: Pool): Promise<Wired> {
  const wiring = wire(genome, pool);
  const reach = await reachOf(genome, pool);
  return { genome, wiring, reach, buildKey: await buildKey(wiring, reach) };
}
