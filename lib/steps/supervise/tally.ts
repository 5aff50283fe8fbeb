/**
 * Tells what the evaluations of a step came to: a record of each, their counts, and how long they took.
 *
 * @module
 */

import type { AgentEvaluated } from "../../records/evaluations.ts";
import { isLimit, issueOf } from "../../isolation/outcome.ts";
import { besideScore } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { causeOfEnd } from "../../records/cause.ts";
import type { Stages } from "../../step/stages.ts";
import type { EvaluationResult } from "./result.ts";

/** Counts evaluations. */
export class Tally {
  readonly #stages: Stages;
  readonly #others: Record<string, number> = {};
  #refused = 0;
  #raced = 0;
  readonly #counts = { judged: 0, births: 0, finished: 0, crashed: 0, limited: 0, changed: 0 };

  /** @param stages Where times are noted. */
  constructor(stages: Stages) {
    this.#stages = stages;
  }

  /** Evaluations so far. */
  get evaluations(): number {
    return this.#counts.judged + this.#counts.births + this.#raced;
  }

  /** Artifacts that were not what they should be and are to be built again. */
  get refused(): number {
    return this.#refused;
  }

  /** Counts an evaluation that has been kept. */
  add({ evaluation, evaluator, wallMs, judgeMs, end }: EvaluationResult): void {
    const { kind } = evaluation;
    if (evaluator) this.sum({ elsewhere: 1, elsewhereMs: wallMs ?? 0 });
    if (kind === "race") this.put({ raced: ++this.#raced });
    else this.#counts[kind === "judged" ? "judged" : "births"]++;
    if (wallMs !== null) this.#stages.add("process", wallMs);
    if (end.ok && kind !== "gestation") this.#stages.add("judge", judgeMs);
    if (!end.ok && end.failure.artifact) this.put({ refused: ++this.#refused });
    else if (!end.ok) this.#counts[isLimit(end.failure.outcome) ? "limited" : "crashed"]++;
    else {
      this.#counts.finished++;
      if (end.finished.genome && kind !== "race") this.#counts.changed++;
    }
  }

  /** Notes how long a transaction with its files took, in milliseconds. */
  commit(ms: number): void {
    this.#stages.add("commit", ms);
  }

  /** Notes the CPU time of the processes that were started, in milliseconds. */
  took(cpuMs: number): void {
    this.put({ processCpuMs: (this.#others.processCpuMs ?? 0) + cpuMs });
  }

  /** Adds counts of others. */
  put(counts: Readonly<Record<string, number>>): void {
    Object.assign(this.#others, counts);
  }

  /** Adds to the counts of others. */
  sum(counts: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counts)) this.#others[name] = (this.#others[name] ?? 0) + count;
  }

  /** All counts, the time of evaluators in whole milliseconds. */
  counts(): Record<string, number> {
    const { elsewhereMs: ms } = this.#others;
    return { ...this.#counts, ...this.#others, ...(ms !== undefined && { elsewhereMs: Math.round(ms) }) };
  }
}

/**
 * The record `agent.evaluated` of an evaluation.
 *
 * @param objective What a score stands for; absent: the world gives scores itself.
 */
export function evaluatedRecord(
  { evaluation, wallMs, end }: EvaluationResult,
  objective?: Objective,
): AgentEvaluated {
  const record = {
    type: "agent.evaluated" as const,
    id: evaluation.id,
    kind: evaluation.kind,
    cycle: evaluation.cycle,
    genomeHash: evaluation.genomeHash,
    wallMs: wallMs === null ? null : Math.round(wallMs * 10) / 10,
  };
  if (end.ok) {
    const { score, scores, genome } = end.finished;
    const { instances } = evaluation.inputs;
    return {
      ...record,
      ok: true,
      outcome: "finished",
      score,
      ...besideScore(score, objective),
      ...(instances && { instances, scores }),
      genomeAfter: evaluation.kind === "race" ? null : genome?.hash ?? null,
      reproducible: true,
    };
  }
  const { outcome, limit, artifact, message } = end.failure;
  return {
    ...record,
    ok: false,
    outcome,
    score: null,
    genomeAfter: null,
    reproducible: !isLimit(outcome),
    cause: causeOfEnd(outcome),
    ...(limit && { limit }),
    issue: artifact === undefined ? issueOf(end.failure) : { code: artifact, message },
  };
}
