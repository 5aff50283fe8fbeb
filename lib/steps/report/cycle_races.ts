/**
 * The races within cycles, as the cycles' records keep them.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { CycleRace } from "../../records/cycle.ts";
import type { CycleRaceReport } from "../../records/report.ts";

/** What came of the race of each cycle that had one, by cycle; undefined where none had. */
export function readCycleRaces(listing: Listing): CycleRaceReport[] | undefined {
  const rows = listing.all<{ cycle: number; race: string }>(
    "SELECT cycle, statistics ->> '$.race' AS race FROM cycles WHERE statistics ->> '$.race' IS NOT NULL ORDER BY cycle",
  );
  return rows.length > 0 ? rows.map(({ cycle, race }) => ({ cycle, ...JSON.parse(race) as CycleRace })) : undefined;
}
