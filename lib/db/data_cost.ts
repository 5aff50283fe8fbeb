/**
 * What it costs to load the data of a pool's world: a line of the listing, measured when `init` took the pool.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** What it costs a process. */
interface Cost {
  readonly ms: number;
  readonly memoryMiB: number;
}

/** What 1 MiB of data costs at most, where nothing was measured. */
const assumed = { ms: 250, memoryMiB: 24 };

/** Records what was measured; call it inside a transaction. */
export function recordDataCost(listing: Listing, pool: string, { ms, memoryMiB }: Cost): void {
  listing.setMeta(`data:${pool}`, JSON.stringify({ ms, memoryMiB }));
}

/** What it costs a process to load the data of a pool's world. @param bytes How much it is. */
export function dataCost(listing: Listing, pool: string, bytes: number): Cost {
  const known = listing.meta(`data:${pool}`);
  return known === undefined ? assumedCost(bytes) : JSON.parse(known);
}

/** What it costs a process to load data, at most. @param bytes How much it is. */
export function assumedCost(bytes: number): Cost {
  const mib = bytes / 1024 / 1024;
  return { ms: Math.ceil(assumed.ms * mib), memoryMiB: Math.ceil(assumed.memoryMiB * mib) };
}
