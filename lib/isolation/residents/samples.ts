/**
 * Notes from time to time what residents take of the machine, so that what asks reads the listing and no process.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { enterSample, residentProcesses } from "../../db/residents.ts";
import { isSame, lookAt } from "./processes.ts";
import { shellLines } from "./shell.ts";

/** How often it is worth to look, in milliseconds: for reports only, nothing depends on it. */
export const sampleEveryMs = 10_000;

let pageBytes: Promise<number> | undefined;

/**
 * Notes CPU time and memory of all residents that are kept, by one look for all.
 *
 * Needs run permission for `/bin/sh`, read and write permission for the listing.
 *
 * @param at Time of day.
 */
export async function sampleResidents(listing: Listing, at: Date): Promise<void> {
  const kept = residentProcesses(listing);
  if (kept.length === 0) return;
  pageBytes ??= shellLines("getconf PAGESIZE", []).then(([size]) => Number(size ?? 4096));
  const [seen, page] = await Promise.all([lookAt(kept.map(({ pid }) => pid)), pageBytes]);
  listing.transaction(() => {
    for (const { agent, ...process } of kept) {
      const found = seen.get(process.pid);
      if (!found || !isSame(found, process)) continue;
      enterSample(listing, agent, process.pid, {
        cpuSeconds: found.cpuSeconds,
        memoryBytes: found.pages * page,
        at: at.toISOString(),
      });
    }
  });
}
