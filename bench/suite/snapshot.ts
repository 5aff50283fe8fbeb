/**
 * The listing of a run as it was, so that a step which ends something can be measured again.
 *
 * @module
 */

import { runPaths } from "../../lib/run/paths.ts";

/** Keeps the listing of a run; nothing may be at work on it. Returns what puts it back. */
export function keepListing(run: string): () => void {
  const { listing } = runPaths(run);
  const kept = `${listing}.kept`;
  Deno.copyFileSync(listing, kept);
  return () => {
    Deno.copyFileSync(kept, `${listing}.again`);
    for (const rest of ["-wal", "-shm"]) removeIfThere(`${listing}${rest}`);
    Deno.renameSync(`${listing}.again`, listing);
  };
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
