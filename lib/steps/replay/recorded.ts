/**
 * What is recorded of an evaluation: what it was given, and what it came to.
 *
 * @module
 */

import { findJudged } from "../../db/best_agent.ts";
import { lastCompacted } from "../../db/cycle_reports.ts";
import type { Listing } from "../../db/listing.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { shownText } from "../../util/text.ts";

/** A judged evaluation that finished, as it is recorded. */
export interface Recorded {
  readonly id: string;
  readonly cycle: number;
  readonly genomeHash: string;
  /** Hash of the pool. */
  readonly codeHash: string;
  readonly buildHash: string;
  readonly conditions: string | null;
  /** JSON of the hashes of what it was given, and of the addresses. */
  readonly inputs: string;
  readonly outcome: string | null;
  readonly message: string | null;
  /** JSON of the score of each episode; null where nothing is recorded, as what follows. */
  readonly scores: string | null;
  /** JSON of the means of its measures. */
  readonly measures: string | null;
  /** JSON of the measures of each episode; null where they are not kept. */
  readonly episodes: string | null;
  readonly score: number | null;
  readonly violation: number;
  readonly invalid: number;
  readonly drew: number;
  /** Null where it is forgotten. */
  readonly evidenceHash: string | null;
  readonly genomeAfter: string | null;
  readonly memoryAfter: string | null;
  /** The row of what it was given in common with others; null where what it was given is forgotten. */
  readonly shared: number | null;
  readonly pastBestScore: number | null;
  readonly pastBestGenome: string | null;
}

const columns = `agent AS id, cycle, genome_hash AS genomeHash, code_hash AS codeHash, build_hash AS buildHash,
  conditions, inputs, outcome, message, scores, measures, episodes, score, violation, invalid, drew,
  evidence_hash AS evidenceHash, genome_after AS genomeAfter, memory_after AS memoryAfter, shared_inputs AS shared,
  past_best_score AS pastBestScore,
  iif(past_best_score IS NULL, NULL, coalesce(past_best_genome, genome_hash)) AS pastBestGenome`;

/** Which evaluation is meant, where there is no row of it any more. */
export interface Dropped {
  readonly id: string;
  readonly cycle: number;
  readonly genomeHash: string;
}

/** What was found: the record of the evaluation, or which one it was. */
export type Found = { readonly row: Recorded } | { readonly row?: undefined; readonly dropped: Dropped };

/**
 * The judged evaluation that a step was given by its arguments: of a cycle, or the last one that the agent's score is of.
 *
 * @returns Which one it is where retention has dropped all of it.
 * @throws {Misuse} If no agent or several have such an id, or the agent was not judged in that cycle.
 * @throws {StepFailed} If it has not finished.
 */
export function findRecorded(
  listing: Listing,
  args: readonly string[],
  cycle: number | undefined,
): Found {
  const judged = findJudged(listing, args);
  const { id, genomeHash } = judged;
  const wanted = cycle ?? judged.cycle;
  const row = wanted === null ? undefined : listing.get<Recorded>(
    `SELECT ${columns} FROM evaluations WHERE agent = ? AND kind = 'judged' AND cycle = ?`,
    id,
    wanted,
  );
  if (row?.outcome === "finished") return { row };
  if (row) throw unfinished(row);
  const compacted = lastCompacted(listing);
  const { born, died, score } = listing.get<{ born: number; died: number | null; score: number | null }>(
    "SELECT born, died, score FROM agents WHERE id = ?",
    id,
  )!;
  const wasThere = cycle === undefined
    ? died !== null && died <= compacted && score !== null
    : cycle > born && cycle <= compacted && (died === null || cycle <= died);
  if (wasThere) return { dropped: { id, cycle: cycle ?? died!, genomeHash } };
  throw unjudged(listing, id, cycle);
}

function unfinished({ id, cycle, outcome, message }: Recorded): StepFailed {
  const how = outcome === null ? "it is still under way." : `it ended as ${outcome}: ${shownText(message ?? "")}`;
  return new StepFailed({
    code: "replay.unfinished",
    message: `Cannot replay cycle ${cycle} of ${id} as its evaluation must have finished: ${how}`,
    path: id,
  });
}

/** Cycles that a message names. */
const named = 8;

function unjudged(listing: Listing, id: string, cycle: number | undefined): Misuse {
  const cycles = listing.all<{ cycle: number }>(
    "SELECT cycle FROM evaluations WHERE agent = ? AND kind = 'judged' AND outcome = 'finished' ORDER BY cycle DESC",
    id,
  ).map(({ cycle }) => cycle);
  const judged = cycles.length === 0
    ? "it has not been judged yet"
    : `it was judged in ${cycles.length > named ? "…, " : ""}${cycles.slice(0, named).reverse().join(", ")}`;
  return new Misuse({
    code: "replay.cycle",
    message: `Cannot replay ${cycle === undefined ? "" : `cycle ${cycle} of `}${id} as it must have been judged${
      cycle === undefined ? "" : " in that cycle"
    }: ${judged}.`,
    path: id,
  });
}
