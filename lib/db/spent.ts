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
 * Judged episodes of all cycles, those of their races among them: of the closed ones by their statistics, which are kept for ever, and of the open one. Each
 * evaluation counts for as many as it has by the present configuration.
 */
export function spentEpisodes(listing: Listing, settings: WorldSettings, config: Config): number {
  const judged = countOf(listing, "judged", "$.evaluated") * episodesOf(settings, config.world.episodes);
  return judged + countOf(listing, "race", "$.race.evaluated") * (config.selection.race?.episodes ?? 0);
}

/** Evaluations of a kind that have ended, those of closed cycles by what their statistics have at a path. */
function countOf(listing: Listing, kind: "judged" | "race", path: string): number {
  return listing.get<{ n: number }>(
    `SELECT (SELECT coalesce(sum(statistics ->> ?2), 0) FROM cycles WHERE state = 'closed') +
      (SELECT count(*) FROM evaluations WHERE kind = ?1 AND outcome IS NOT NULL
        AND cycle IN (SELECT cycle FROM cycles WHERE state <> 'closed')) AS n`,
    kind,
    path,
  )!.n;
}
