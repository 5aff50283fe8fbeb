/**
 * Which pool a run is at.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";
import { forgetBests } from "../db/cycle.ts";
import { forgetFit } from "../db/stamps.ts";
import type { Listing } from "../db/listing.ts";
import type { PoolPlace } from "./pool_sources.ts";
import { loadPool } from "./pool_store.ts";
import type { Objective, WorldSettings } from "../runtime/contract.ts";

/**
 * The hash of the run's present pool.
 *
 * @throws {StepFailed} If `init` was cut short before there was one.
 */
export function presentPool(listing: Listing): string {
  const hash = listing.meta("pool");
  if (hash !== undefined) return hash;
  throw new StepFailed({
    code: "template.missing",
    message: "The run has no template yet as `init` was cut short; run `deno task init` again.",
  });
}

/**
 * The first objective of the present world: what a score stands for. Undefined where it gives scores itself.
 *
 * Needs read permission for the run's template.
 *
 * @throws {StepFailed} If there is no template, or it is damaged.
 */
export function presentObjective(paths: PoolPlace, listing: Listing): Objective | undefined {
  return loadPool(paths, presentPool(listing)).world.objectives?.[0];
}

/**
 * What the present world declares, for screens: undefined where there is none that can be used, so that scores are shown as they are kept.
 *
 * Needs read permission for the run's template.
 */
export function shownWorld(paths: PoolPlace, listing: Listing): WorldSettings | undefined {
  try {
    return loadPool(paths, presentPool(listing)).world;
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code.startsWith("template.")) return undefined;
    throw error;
  }
}

/**
 * Takes up the pool that `init` made while a cycle was under way; call it inside the transaction that opens a cycle.
 *
 * All genomes are to be looked at again, since they are fitted to the pool.
 *
 * @param hash Hash of the new pool; absent: the one that waits in the listing.
 * @returns Whether the present pool is another one now.
 */
export function activatePool(listing: Listing, hash: string | undefined = listing.meta("next")): boolean {
  listing.dropMeta("next");
  const former = listing.meta("pool");
  if (hash === undefined || hash === former) return false;
  if (former !== undefined) forgetBests(listing);
  listing.setMeta("pool", hash);
  forgetFit(listing);
  return true;
}
