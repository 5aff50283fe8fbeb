/**
 * What the runtime's modules are bundled to, as `build` has found.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/**
 * The hash of the bundled runtime, if it is that of these modules.
 *
 * @param source Hash of the runtime's modules, from `runtimeHash`.
 */
export function knownRuntime(listing: Listing, source: string): string | undefined {
  const [of, hash] = listing.meta("runtime")?.split(" ") ?? [];
  return of === source ? hash : undefined;
}

/** Keeps what the runtime's modules are bundled to. */
export function keepRuntime(listing: Listing, source: string, hash: string): void {
  listing.setMeta("runtime", `${source} ${hash}`);
}
