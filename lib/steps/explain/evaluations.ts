/**
 * What an agent's evaluations came to, and why.
 *
 * @module
 */

import type { EvaluationKind } from "../../records/evaluations.ts";
import type { EvaluatedFact } from "../../records/story_facts.ts";
import { causeOfEnd } from "../../records/cause.ts";
import { count, type Entry, stages, type Subject } from "./entry.ts";
import { besideScore, objectiveValue, scoreName } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { evaluatorName, shown } from "./shown.ts";

interface EvaluationRow {
  readonly cycle: number;
  readonly kind: EvaluationKind;
  readonly attempt: number;
  readonly genomeHash: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly limitReached: string | null;
  readonly score: number | null;
  readonly scores: string | null;
  readonly violation: number;
  readonly invalid: number;
  readonly drew: 0 | 1;
  readonly genomeAfter: string | null;
  readonly reproducible: 0 | 1;
  readonly wallMs: number | null;
  readonly evaluator: string | null;
  readonly event: number | null;
}

const query =
  `SELECT cycle, kind, (SELECT name FROM evaluators WHERE id = evaluator) AS evaluator, attempt, genome_hash AS genomeHash, outcome, message, limit_reached AS limitReached, score, scores, violation, invalid, drew,
    genome_after AS genomeAfter, reproducible, wall_ms AS wallMs, after_event AS event
  FROM evaluations WHERE agent = ? ORDER BY cycle, kind`;

/** What is shown of an agent's evaluations. */
export function evaluationEntries({ listing, id, objective, world }: Subject): Entry[] {
  // Where actions have names alone, an agent without one does the first.
  const known = (row: EvaluationRow) => world?.action ? row : { ...row, invalid: 0 };
  return listing.all<EvaluationRow>(query, id).map((row) => evaluationEntry(known(row), objective));
}

function evaluationEntry(row: EvaluationRow, objective: Objective | undefined): Entry {
  const { cycle, kind, outcome, score, wallMs, attempt, genomeHash, genomeAfter } = row;
  const failed = outcome !== null && outcome !== "finished";
  const facts: EvaluatedFact = {
    event: failed ? "failed" : "evaluated",
    kind,
    outcome,
    score,
    ...besideScore(score, objective),
    ...(row.violation > 0 && { violation: row.violation }),
    ...(row.invalid > 0 && { invalid: row.invalid }),
    ...(row.drew === 1 && { drew: true }),
    wallMs,
    ...(row.evaluator !== null && { evaluator: row.evaluator }),
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
    reason: sentences(row, objective).map((said) => said.replace(/\.$/, "")).join("; "),
    facts,
    after,
  };
}

function sentences(row: EvaluationRow, objective: Objective | undefined): string[] {
  const said = [main(row, objective)];
  if (row.evaluator !== null && row.outcome !== null) said.push(`run by the evaluator ${evaluatorName(row.evaluator)}`);
  if (row.violation > 0) said.push(`infeasible (violation ${shown(row.violation)})`);
  if (row.invalid > 0) said.push(`${count(row.invalid, "action")} missing or out of the space`);
  if (row.drew === 1) said.push("a gene drew random numbers though the world is not noisy");
  if (row.reproducible === 0) said.push("a limit of the machine ended it, so it can't be reproduced");
  if (row.attempt > 1) said.push(`started ${row.attempt} times, as what started it before was cut short`);
  return said;
}

function main(
  { kind, outcome, message, score, scores, wallMs, genomeAfter }: EvaluationRow,
  objective: Objective | undefined,
): string {
  const evaluation = evaluationOf(kind, scores);
  if (outcome === null) return `${evaluation} began and has not ended yet`;
  if (outcome !== "finished") return `${evaluation} ended by ${outcome} (cause: ${causeOfEnd(outcome)}): ${message}`;
  const took = wallMs === null ? "" : `, in ${Math.round(wallMs)} ms`;
  if (score !== null) {
    const value = shown(objectiveValue(score, objective));
    return `${evaluation} finished with a mean ${scoreName(objective)} of ${value}${took}`;
  }
  return `${evaluation} finished${genomeAfter === null ? " and left its genome as it was" : ""}${took}`;
}

/** What an evaluation was, as it is called. */
export function evaluationOf(kind: EvaluationKind, scores: string | null): string {
  if (kind === "gestation") return "its gestation";
  if (scores === null) return kind === "race" ? "its episodes in the race of the cycle" : "its episodes";
  return kind === "race" ? `${episodes(scores)} in the race of the cycle` : episodes(scores);
}

function episodes(scores: string): string {
  return count(JSON.parse(scores).length, "episode");
}
