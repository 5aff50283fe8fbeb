/**
 * Which agent is the best, and which of its evaluations says so.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import { findAgent } from "./find_agent.ts";
import { bestOfLiving } from "./estimates.ts";
import type { Listing } from "./listing.ts";

/** A genome of an agent with the last evaluation that it has a score of. */
export interface JudgedGenome {
  readonly id: string;
  /** The genome that earned the score; where there is none, the present one. */
  readonly genomeHash: string;
  /** The cycle of its last judged evaluation with a score; null where there is none. */
  readonly cycle: number | null;
}

/**
 * The agent that a step was given as its argument, or `best`: the winner of the final race, with the genome that won; where none
 * was run since the last cycle, of those that are not dead the one of which most is expected, see {@linkcode bestOfLiving}.
 *
 * @throws {Misuse} If no agent or several have such an id, or no agent has a score.
 */
export function findJudged(listing: Listing, args: readonly string[]): JudgedGenome {
  const isBest = args.length === 0 || (args.length === 1 && args[0] === "best");
  const winner = isBest ? winnerOf(listing) : undefined;
  if (winner) return winner;
  const id = isBest ? best(listing) : findAgent(listing, args);
  const { scored, present } = listing.get<{ scored: string | null; present: string }>(
    "SELECT scored_genome_hash AS scored, genome_hash AS present FROM agents WHERE id = ?",
    id,
  )!;
  const genomeHash = scored ?? present;
  return { id, genomeHash, cycle: lastJudged(listing, id, genomeHash) };
}

/** The cycle of the last evaluation that an agent has a score of with this genome; null where there is none. */
function lastJudged(listing: Listing, id: string, genomeHash: string): number | null {
  return listing.get<{ cycle: number | null }>(
    `SELECT max(cycle) AS cycle FROM evaluations WHERE agent = ? AND kind = 'judged' AND score IS NOT NULL
      AND genome_hash = ?`,
    id,
    genomeHash,
  )!.cycle;
}

/** The winner of the final race, if one was run since the last cycle was closed, under the present template. */
function winnerOf(listing: Listing): JudgedGenome | undefined {
  const found = listing.get<{ id: string; genomeHash: string }>(
    `SELECT result ->> '$.winner.agent' AS id, result ->> '$.winner.genomeHash' AS genomeHash FROM races
      WHERE id = (SELECT max(id) FROM races) AND pool = (SELECT value FROM meta WHERE key = 'pool')
        AND cycle = (SELECT max(cycle) FROM cycles WHERE state = 'closed')`,
  );
  const isKept = found && listing.get("SELECT 1 FROM blobs WHERE hash = ?", found.genomeHash);
  return isKept && found && { ...found, cycle: lastJudged(listing, found.id, found.genomeHash) };
}

function best(listing: Listing): string {
  const [first] = bestOfLiving(listing);
  if (first) return first.id;
  throw new Misuse({
    code: "best.none",
    message: "Cannot tell the best agent as no agent that is alive has a score yet; run `deno task lifecycle` first.",
  });
}
