/**
 * What a run has spent on its search.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import { episodesOf } from "../source/instances.ts";
import type { Listing } from "./listing.ts";

/**
 * Judged episodes of all cycles: of the closed ones by their statistics, which are kept for ever, and of the open one. Each
 * evaluation counts for as many as it has by the present configuration.
 */
export function spentEpisodes(listing: Listing, settings: WorldSettings, config: Config): number {
  const { closed, open } = listing.get<{ closed: number; open: number }>(
    `SELECT (SELECT coalesce(sum(statistics ->> '$.evaluated'), 0) FROM cycles WHERE state = 'closed') AS closed,
      (SELECT count(*) FROM evaluations WHERE kind = 'judged' AND outcome IS NOT NULL
        AND cycle IN (SELECT cycle FROM cycles WHERE state <> 'closed')) AS open`,
  )!;
  return (closed + open) * episodesOf(settings, config.world.episodes);
}
