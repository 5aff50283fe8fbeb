/**
 * What an agent's evaluations came to, and why.
 *
 * @module
 */

import type { EvaluatedFact } from "../../records/story_facts.ts";
import { causeOfEnd } from "../../records/cause.ts";
import { count, type Entry, stages, type Subject } from "./entry.ts";
import { shown } from "./shown.ts";

interface EvaluationRow {
  readonly cycle: number;
  readonly kind: "judged" | "gestation";
  readonly attempt: number;
  readonly genomeHash: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly limitReached: string | null;
  readonly score: number | null;
  readonly scores: string | null;
  readonly genomeAfter: string | null;
  readonly reproducible: 0 | 1;
  readonly wallMs: number | null;
  readonly event: number | null;
}

const query =
  `SELECT cycle, kind, attempt, genome_hash AS genomeHash, outcome, message, limit_reached AS limitReached, score, scores,
    genome_after AS genomeAfter, reproducible, wall_ms AS wallMs, after_event AS event
  FROM evaluations WHERE agent = ? ORDER BY cycle, kind`;

/** What is shown of an agent's evaluations. */
export function evaluationEntries({ listing, id }: Subject): Entry[] {
  return listing.all<EvaluationRow>(query, id).map(evaluationEntry);
}

function evaluationEntry(row: EvaluationRow): Entry {
  const { cycle, kind, outcome, score, wallMs, attempt, genomeHash, genomeAfter } = row;
  const failed = outcome !== null && outcome !== "finished";
  const facts: EvaluatedFact = {
    event: failed ? "failed" : "evaluated",
    kind,
    outcome,
    score,
    wallMs,
    attempt,
    genomeHash,
    genomeAfter,
    ...(failed && { cause: causeOfEnd(outcome) }),
    ...(row.message !== null && { message: row.message }),
    ...(row.limitReached !== null && { limit: JSON.parse(row.limitReached) }),
  };
  // What has no outcome yet comes after all that is recorded.
  const after = { event: row.event ?? Number.MAX_SAFE_INTEGER, stage: stages[kind] };
  return {
    cycle,
    reason: sentences(row).map((said) => said.replace(/\.$/, "")).join("; "),
    facts,
    after,
  };
}

function sentences(row: EvaluationRow): string[] {
  const said = [main(row)];
  if (row.reproducible === 0) said.push("a limit of the machine ended it, so it can't be reproduced");
  if (row.attempt > 1) said.push(`started ${row.attempt} times, as what started it before was cut short`);
  return said;
}

function main({ kind, outcome, message, score, scores, wallMs, genomeAfter }: EvaluationRow): string {
  const evaluation = kind === "gestation" ? "its gestation" : scores === null ? "its episodes" : episodes(scores);
  if (outcome === null) return `${evaluation} began and has not ended yet`;
  if (outcome !== "finished") return `${evaluation} ended by ${outcome} (cause: ${causeOfEnd(outcome)}): ${message}`;
  const took = wallMs === null ? "" : `, in ${Math.round(wallMs)} ms`;
  if (score !== null) return `${evaluation} finished with a mean score of ${shown(score)}${took}`;
  return `${evaluation} finished${genomeAfter === null ? " and left its genome as it was" : ""}${took}`;
}

function episodes(scores: string): string {
  return count(JSON.parse(scores).length, "episode");
}
