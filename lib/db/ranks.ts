/**
 * How agents came off in the selections of cycles.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** How one agent came off. */
export interface RankEntry {
  readonly agent: string;
  readonly cycle: number;
  /** Number of the last event before it: where it stands among them. */
  readonly afterEvent: number;
  /** From 1, the best; null: unranked, for what the message says. */
  readonly place: number | null;
  /** Of so many. */
  readonly ranked: number;
  readonly score: number | null;
  readonly fitness: number | null;
  /** Whether it has still the genome that was ranked. */
  readonly hasRankedGenome: boolean;
  /** Whether that genome may be a parent's. */
  readonly fertile: boolean;
  readonly elite: boolean;
  /** Tournaments; null where the strategy holds none. */
  readonly drawn: number | null;
  readonly won: number | null;
  readonly message: string | null;
}

/** Keeps how an agent came off; call it in the transaction of what follows from it. */
export function putRank(listing: Listing, entry: RankEntry): void {
  listing.run(
    `INSERT INTO ranks (agent, cycle, after_event, place, ranked, score, fitness, has_ranked_genome, fertile, elite, drawn, won, message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.agent,
    entry.cycle,
    entry.afterEvent,
    entry.place,
    entry.ranked,
    entry.score,
    entry.fitness,
    Number(entry.hasRankedGenome),
    Number(entry.fertile),
    Number(entry.elite),
    entry.drawn,
    entry.won,
    entry.message,
  );
}
