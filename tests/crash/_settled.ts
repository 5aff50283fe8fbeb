/**
 * What a scan that comes long after the last write finds, in runs that are too quick for it.
 *
 * @module
 */

import { Listing } from "../../lib/agents/listing.ts";
import type { RunPaths } from "../../lib/agents/paths.ts";
import { walkAgent, wiringStamp } from "../../lib/agents/walk.ts";

/**
 * Lets the listing know sizes and times of all folders whose genome was looked at, since a copy of a run has other times
 * and a folder touched in the second before a scan is not trusted: `select` makes newborn of folders that are known.
 */
export function settle({ agents, listing: path }: RunPaths): void {
  using listing = Listing.open(path);
  const rows = listing.all<{ id: string }>(
    "SELECT id FROM agents WHERE status <> 'dead' AND state = 'grown' AND genome_ok = 1 AND metrics_of = genome_hash",
  );
  for (const { id } of rows) {
    const { stamp, issue } = walkAgent(`${agents}/${id}`);
    if (issue) continue;
    listing.run(
      "UPDATE agents SET stamp = ?, wired_stamp = ? WHERE id = ?",
      stamp,
      wiringStamp(`${agents}/${id}`),
      id,
    );
  }
}
