/**
 * Puts what evaluations came to into the listing: all of one evaluation in one transaction, or nothing of it.
 *
 * @module
 */

import type { EvaluationFailure } from "../../records/events.ts";
import { type AgentAtStart, agentAtStart, enterEnd, type GivenInputs, isUnderWay } from "../../db/evaluations.ts";
import type { Listing } from "../../db/listing.ts";
import { emptyInbox, post } from "../../db/mail.ts";
import { forgetMemory, keepMemory, memoryHash } from "../../db/memories.ts";
import { markPending } from "../../db/pending_files.ts";
import { keepSharedInputs } from "../../db/shared_inputs.ts";
import { changeGenome } from "../../db/transitions/genome.ts";
import { fail, score } from "../../db/transitions/score.ts";
import { growUp } from "../../db/transitions/stage.ts";
import { disable } from "../../db/transitions/status.ts";
import { causeOfEnd } from "../../records/cause.ts";
import { withhold } from "./withhold.ts";
import { type Failure, inFull, isLimit } from "../../isolation/outcome.ts";
import { backoffUntilCycle, isWornOut } from "../../evaluation/backoff.ts";
import type { Evaluation } from "./evaluation.ts";
import { madeUnder } from "./bests.ts";
import { keepShares } from "./lineage.ts";
import type { RunFacts } from "./run_facts.ts";
import { type EvaluationResult, type Finished, type Kept, keptOf } from "./result.ts";
import { afterResult } from "../../evaluation/agent_score.ts";

const encoder = new TextEncoder();

/**
 * Records what some evaluations came to, in the order of the agents' creation; call it inside a transaction.
 *
 * A result that does not fit the record of its start is passed over: the evaluation is due again.
 *
 * @param cycle The present cycle, for events and reasons.
 * @returns Those that were recorded.
 */
export function commitEvaluations(
  listing: Listing,
  facts: RunFacts,
  cycle: number,
  results: readonly EvaluationResult[],
): EvaluationResult[] {
  const ordered = results.toSorted((a, b) => a.evaluation.ordinal - b.evaluation.ordinal);
  const [races, others] = [true, false].map((isRace) =>
    ordered.filter(({ evaluation }) => (evaluation.kind === "race") === isRace)
  ) as [EvaluationResult[], EvaluationResult[]];
  const raced = races.filter((result) => commitRace(listing, result));
  if (others.length === 0) return raced;
  const shared = keepSharedInputs(listing, facts.config, facts.due.runtime);
  return [...raced, ...others.filter((result) => commitEvaluation(listing, facts, { cycle, shared }, result))];
}

/**
 * Records what a race came to, and changes nothing of the agent: neither its genome nor its account, memory or mail. What it was
 * given is not kept, so that it can't be run again.
 */
function commitRace(listing: Listing, result: EvaluationResult): boolean {
  const { evaluation, end } = result;
  if (!isUnderWay(listing, evaluation)) return false;
  const done = end.ok ? end.finished : undefined;
  enterEnd(listing, evaluation, {
    ...endOf(result),
    evidenceHash: null,
    genomeAfter: null,
    given: null,
    memoryAfter: null,
  });
  if (!done) markPending(listing, evaluation.id, "log.ndjson");
  return true;
}

/** How an evaluation has ended, for its record. */
function endOf({ evaluator, wallMs, cpuMs, memoryBytes, end }: EvaluationResult) {
  const done = end.ok ? end.finished : undefined;
  return {
    outcome: end.ok ? "finished" : end.failure.outcome,
    message: end.ok ? null : inFull(end.failure),
    limit: end.ok || !end.failure.limit ? null : JSON.stringify(end.failure.limit),
    score: done?.score ?? null,
    scores: done?.evidence ? JSON.stringify(done.scores) : null,
    measures: done?.evidence ? JSON.stringify(done.measures) : null,
    episodes: done?.episodes ? JSON.stringify(done.episodes) : null,
    violation: done?.violation ?? 0,
    invalid: done?.invalid ?? 0,
    drew: done?.drew ? 1 : 0,
    reproducible: end.ok || !isLimit(end.failure.outcome) ? 1 : 0,
    wallMs,
    cpuMs: cpuMs ?? null,
    memoryBytes: memoryBytes ?? null,
    evaluator: evaluator?.id ?? null,
  };
}

/** What many evaluations are recorded with. */
interface Common {
  /** The present cycle. */
  readonly cycle: number;
  /** The row of what they were given in common. */
  readonly shared: number;
}

function commitEvaluation(
  listing: Listing,
  facts: RunFacts,
  { cycle, shared }: Common,
  result: EvaluationResult,
): boolean {
  const { evaluation, end } = result;
  const agent = agentAtStart(listing, evaluation);
  if (!agent) return false;
  if (!end.ok && end.failure.artifact) {
    withhold(listing, cycle, evaluation, { code: end.failure.artifact, message: end.failure.message });
    return true;
  }
  recordOutcome(listing, result, shared);
  if (end.ok) commitFinished(listing, facts, cycle, result, end.finished, agent);
  else commitFailure(listing, facts, cycle, result, end.failure, agent);
  // What lay in the inbox has been read, or has ended its reader: it is not handed over again.
  const { inbox, mates } = evaluation.inputs;
  if (inbox !== null || mates.length > 0) {
    emptyInbox(listing, evaluation.id, evaluation.kind === "judged" ? "mail" : "mate");
  }
  return true;
}

function recordOutcome(listing: Listing, result: EvaluationResult, shared: number): void {
  const { evaluation, end } = result;
  const done = end.ok ? end.finished : undefined;
  // What the world failed over is kept as well: it reproduces the failure.
  const evidence = done?.evidence ?? (end.ok ? undefined : actionsOf(end.failure));
  if (evidence) {
    listing.putBlob(evidence.hash, "evidence", evidence.bytes);
    // What has been read is kept as long as what came of it.
    if (evaluation.inputs.inbox !== null) {
      listing.putBlob(evaluation.inputs.inbox, "inbox", encoder.encode(evaluation.inbox));
    }
  }
  if (done?.genome) listing.putBlob(done.genome.hash, "genome", done.genome.bytes);
  enterEnd(listing, evaluation, {
    ...endOf(result),
    evidenceHash: evidence?.hash ?? null,
    genomeAfter: done?.genome?.hash ?? null,
    given: evidence ? givenTo(evaluation, shared) : null,
    memoryAfter: done?.memory?.hash ?? null,
  });
}

function givenTo({ best, genomeHash }: Evaluation, shared: number): GivenInputs {
  const isOwn = best?.genome === genomeHash;
  return { shared, bestScore: best?.score ?? null, bestGenome: isOwn ? null : best?.genome ?? null };
}

function commitFinished(
  listing: Listing,
  facts: RunFacts,
  cycle: number,
  { evaluation }: EvaluationResult,
  done: Finished,
  agent: AgentAtStart,
): void {
  if (done.score !== null) {
    const earned = { score: done.score, violation: done.violation };
    score(listing, evaluation.id, afterResult(agent, evaluation, earned), {
      conditions: facts.conditions,
      bestUnder: madeUnder(facts.due.pool, evaluation.reach),
    });
    replaceMemory(listing, evaluation.id, done);
  }
  if (evaluation.kind === "gestation") {
    keepShares(listing, evaluation.id, done.genome?.bytes ?? evaluation.genome!);
    growUp(listing, evaluation.id);
  }
  if (done.genome) {
    changeGenome(listing, cycle, evaluation.id, evaluation.kind === "gestation" ? "gestation" : "judged", {
      before: evaluation.genomeHash,
      after: done.genome.hash,
    });
  }
  post(listing, evaluation.cycle, evaluation.id, done.mail);
}

function commitFailure(
  listing: Listing,
  facts: RunFacts,
  cycle: number,
  { evaluation }: EvaluationResult,
  failure: Failure,
  agent: AgentAtStart,
): void {
  const { config, seed } = facts;
  const circumstances = `${evaluation.reach}:${facts.circumstances}`;
  const judged = evaluation.kind === "judged";
  const cause = causeOfEnd(failure.outcome);
  markPending(listing, evaluation.id, "log.ndjson");
  if (cause !== "agent") return fail(listing, cycle, evaluation.id, crashOf(evaluation, failure));
  // What failed in other circumstances is no part of the row of failures that a back-off is for.
  const isOther = agent.failedUnder !== null && agent.failedUnder !== circumstances;
  const crashes = (isOther ? 0 : agent.crashes) + 1;
  fail(listing, cycle, evaluation.id, crashOf(evaluation, failure), {
    crashes,
    failedUnder: circumstances,
    backoffUntil: judged ? backoffUntilCycle(seed, evaluation.id, evaluation.cycle, crashes, config.backoff) : 0,
  });
  if (evaluation.kind === "gestation") {
    const message = `Its gestation failed: ${failure.message}`;
    disable(listing, evaluation.id, cycle, { code: `gestation.${failure.outcome}`, message });
  } else if (isWornOut(crashes, config.backoff)) {
    const message = `It failed ${crashes} times in a row, the last time so: ${failure.message}`;
    disable(listing, evaluation.id, cycle, { code: `evaluation.${failure.outcome}`, message });
  }
}

/** What its event tells of a failure. */
function crashOf({ kind }: Evaluation, failure: Failure): EvaluationFailure {
  const { outcome, limit } = failure;
  const cause = causeOfEnd(outcome);
  return { kind, outcome, cause, message: inFull(failure), ...(limit && { limit }) };
}

function actionsOf({ actions }: Failure): Kept | undefined {
  return actions && keptOf(encoder.encode(JSON.stringify(actions)));
}

function replaceMemory(listing: Listing, id: string, { memory }: Finished): void {
  if (memoryHash(listing, id) === memory?.hash) return;
  if (memory) {
    listing.putBlob(memory.hash, "memory", memory.bytes);
    keepMemory(listing, id, memory.hash);
  } else forgetMemory(listing, id);
  markPending(listing, id, "memory.json");
}
