/**
 * Evaluations: what is recorded when one is about to be started, and what it came to.
 *
 * Call what writes inside a transaction.
 *
 * @module
 */

import type { EvaluationKind } from "../records/evaluations.ts";
import { lastEvent } from "./events.ts";
import type { Listing } from "./listing.ts";
import type { AgentScore } from "./transitions/score.ts";

/** Which evaluation. */
export interface EvaluationKey {
  readonly cycle: number;
  readonly id: string;
  readonly kind: EvaluationKind;
}

/** What is about to be started. */
export interface StartedEvaluation extends EvaluationKey {
  readonly genomeHash: string;
  /** Null where nothing was built for it. */
  readonly buildHash: string | null;
}

/** What it is given besides. */
export interface EvaluationInputs {
  readonly codeHash: string;
  /** What the genome reaches of the pool; null where that is not known. */
  readonly reach: string | null;
  /** JSON of the hashes of what it is given. */
  readonly inputs: string;
  /** Hash of the conditions of its score; null where it has none. */
  readonly conditions: string | null;
}

/** What an evaluation came to, as it is recorded. */
export interface EvaluationEnd {
  readonly outcome: string;
  readonly message: string | null;
  /** JSON of the limit that was reached. */
  readonly limit: string | null;
  readonly score: number | null;
  /** JSON of the scores of its episodes, and of their measures. */
  readonly scores: string | null;
  readonly measures: string | null;
  /** JSON of the measures of each episode, objectives among them; null where the world has neither these nor instances. */
  readonly episodes: string | null;
  /** Mean over its episodes, at least 0. */
  readonly violation: number;
  /** Actions that were missing or out of their space. */
  readonly invalid: number;
  /** 1: a gene drew a random number in an episode though the world is not noisy. */
  readonly drew: number;
  readonly evidenceHash: string | null;
  /** The genome that it decided on, where that is another one. */
  readonly genomeAfter: string | null;
  /** 1: no limit of the machine has ended it. */
  readonly reproducible: number;
  readonly wallMs: number | null;
  /** CPU time in milliseconds and most memory at once in bytes, null where that was not measured. */
  readonly cpuMs: number | null;
  readonly memoryBytes: number | null;
  /** The evaluator on another machine that has run it, by its number; null: it was run on this one. */
  readonly evaluator: number | null;
  /** What it was given, so that it can be run again; null where it left nothing to compare with. */
  readonly given: GivenInputs | null;
  /** Hash of the memory that it ended with; null where that is empty. */
  readonly memoryAfter: string | null;
}

/** What an evaluation was given, besides what the record of its start names. */
export interface GivenInputs {
  /** The row of what it was given in common with others. */
  readonly shared: number;
  /** The best of its score history, null where there was none. */
  readonly bestScore: number | null;
  /** The genome of that; null where it is the one that it was started with. */
  readonly bestGenome: string | null;
}

/** An agent's account when it was started, and what its failures depend on. */
export interface AgentAtStart extends AgentScore {
  /** Failures in a row, and the circumstances of the last of them. */
  readonly crashes: number;
  readonly failedUnder: string | null;
}

/** How often an outcome came about in a cycle, with one of its messages. */
export interface OutcomeCount {
  readonly outcome: string;
  readonly n: number;
  readonly message: string | null;
}

/**
 * Records that an evaluation is about to be started.
 *
 * A result counts only if it fits this record; what was recorded and has no outcome is due again.
 */
export function enterStart(listing: Listing, start: StartedEvaluation & EvaluationInputs): void {
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, reach, build_hash, inputs, conditions)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET attempt = attempt + 1, genome_hash = excluded.genome_hash,
        code_hash = excluded.code_hash, reach = excluded.reach, build_hash = excluded.build_hash, inputs = excluded.inputs,
        conditions = excluded.conditions, outcome = NULL, message = NULL`,
    start.cycle,
    start.id,
    start.kind,
    start.genomeHash,
    start.codeHash,
    start.reach,
    start.buildHash ?? "",
    start.inputs,
    start.conditions,
  );
}

/** The agent as it is, if an evaluation fits the record of its start and has no outcome yet. */
export function agentAtStart(listing: Listing, start: StartedEvaluation): AgentAtStart | undefined {
  return listing.get<AgentAtStart>(
    `SELECT a.score, a.scored_genome_hash AS scoredGenomeHash, a.score_cycles AS scoreCycles,
        a.best_score AS bestScore, a.best_genome_hash AS bestGenomeHash, a.crashes, a.failed_under AS failedUnder,
        a.scored_reach AS scoredReach, a.violation, a.best_violation AS bestViolation
      FROM evaluations e JOIN agents a ON a.id = e.agent
      WHERE e.cycle = ? AND e.agent = ? AND e.kind = ? AND e.outcome IS NULL AND e.genome_hash = ? AND e.build_hash = ?
        AND a.genome_hash = e.genome_hash AND a.reach IS e.reach AND a.status = 'active'`,
    start.cycle,
    start.id,
    start.kind,
    start.genomeHash,
    start.buildHash ?? "",
  );
}

/** Whether an evaluation fits the record of its start and has no outcome yet, be its agent what it may by now. */
export function isUnderWay(listing: Listing, { cycle, id, kind, genomeHash, buildHash }: StartedEvaluation): boolean {
  return listing.get(
    `SELECT 1 FROM evaluations
      WHERE cycle = ? AND agent = ? AND kind = ? AND outcome IS NULL AND genome_hash = ? AND build_hash = ?`,
    cycle,
    id,
    kind,
    genomeHash,
    buildHash ?? "",
  ) !== undefined;
}

/** Records what an evaluation came to. */
export function enterEnd(listing: Listing, { cycle, id, kind }: EvaluationKey, end: EvaluationEnd): void {
  listing.run(
    `UPDATE evaluations SET outcome = ?, message = ?, limit_reached = ?, score = ?, scores = ?, measures = ?, episodes = ?,
        violation = ?, invalid = ?, drew = ?, evidence_hash = ?, genome_after = ?, reproducible = ?, wall_ms = ?,
        cpu_ms = ?, memory_bytes = ?, evaluator = ?, shared_inputs = ?, past_best_score = ?, past_best_genome = ?, memory_after = ?, after_event = ${lastEvent}
      WHERE cycle = ? AND agent = ? AND kind = ?`,
    end.outcome,
    end.message,
    end.limit,
    end.score,
    end.scores,
    end.measures,
    end.episodes,
    end.violation,
    end.invalid,
    end.drew,
    end.evidenceHash,
    end.genomeAfter,
    end.reproducible,
    end.wallMs,
    end.cpuMs,
    end.memoryBytes,
    end.evaluator,
    end.given?.shared ?? null,
    end.given?.bestScore ?? null,
    end.given?.bestGenome ?? null,
    end.memoryAfter,
    cycle,
    id,
    kind,
  );
}

/** What the judged evaluations of a cycle came to, the most frequent outcome first. */
export function outcomesOf(listing: Listing, cycle: number): OutcomeCount[] {
  return listing.all<OutcomeCount>(
    `SELECT outcome, count(*) AS n, min(message) AS message FROM evaluations
      WHERE cycle = ? AND kind = 'judged' AND outcome IS NOT NULL GROUP BY outcome ORDER BY n DESC, outcome`,
    cycle,
  );
}

/** Makes the judged evaluations of a cycle due again that had this outcome. */
export function reopen(listing: Listing, cycle: number, outcome: string): void {
  listing.run(
    "UPDATE evaluations SET outcome = NULL WHERE cycle = ? AND kind = 'judged' AND outcome = ?",
    cycle,
    outcome,
  );
}
