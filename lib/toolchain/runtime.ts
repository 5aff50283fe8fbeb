/**
 * The identity of the runtime as programs carry it.
 *
 * @module
 */

import { keepRuntime, knownRuntime } from "../db/known_runtime.ts";
import type { Listing } from "../db/listing.ts";
import { type Carried, carriers } from "../isolation/artifact.ts";
import { sha256 } from "../util/hash.ts";
import { bundleCarrier } from "./carrier.ts";

/**
 * The hash of the bundled runtime: bundled again where its modules are others than when it was last. A comment or the name of
 * a variable is no part of a bundle, so that such a change makes nothing be built anew.
 *
 * Needs run permission for the bundler.
 */
export async function ensureRuntime(listing: Listing, source: string, signal?: AbortSignal): Promise<string> {
  const known = knownRuntime(listing, source);
  if (known !== undefined) return known;
  const kinds = Object.keys(carriers) as Carried[];
  const bundles = await Promise.all(kinds.map((kind) => bundleCarrier(kind, signal)));
  const hash = await sha256(JSON.stringify(bundles));
  keepRuntime(listing, source, hash);
  return hash;
}
