/**
 * What the archive of a strategy holds.
 *
 * @module
 */

import { readArchive } from "../../db/archive.ts";
import type { Listing } from "../../db/listing.ts";
import type { ArchiveReport } from "../../records/report.ts";
import { gridFigures } from "../../selection/grid.ts";
import { keptCandidate } from "../../selection/kept.ts";
import { meanMeasure } from "../../selection/trials.ts";
import { lastSelection } from "./front.ts";

/** How many elites are listed. */
const most = 100;

/** The archive of the last selection; undefined where it has kept none, or has no descriptors. */
export function readArchived(listing: Listing): ArchiveReport | undefined {
  const { descriptors } = lastSelection(listing);
  const entries = readArchive(listing);
  if (!descriptors || entries.length === 0) return undefined;
  const elites = entries.flatMap(({ agent, genomeHash, candidate }) => {
    const one = keptCandidate(candidate);
    if (!one || descriptors.some(({ measure }) => meanMeasure(one, measure) === undefined)) return [];
    const measures = descriptors.map(({ measure }) => [measure, meanMeasure(one, measure)!] as const);
    return [{ id: agent, genomeHash, fitness: one.fitness ?? null, measures: Object.fromEntries(measures), one }];
  });
  const listed = elites.toSorted((a, b) => (b.fitness ?? -Infinity) - (a.fitness ?? -Infinity)).slice(0, most);
  return {
    ...gridFigures(elites.map(({ one }) => one), descriptors),
    elites: listed.map(({ one: _, ...elite }) => elite),
  };
}
