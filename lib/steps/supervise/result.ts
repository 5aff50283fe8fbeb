/**
 * The result of an evaluation, before it is put into the listing.
 *
 * @module
 */

import type { Letter } from "../../db/mail.ts";
import type { Config } from "../../run/config_schema.ts";
import { sha256 } from "../../util/hash.ts";
import { sha256Now } from "../../util/hash_now.ts";
import { keepsEpisodes } from "../../evaluation/kept_episodes.ts";
import { confirmed, refusalOf } from "../../evaluation/verdict.ts";
import type { Failure } from "../../isolation/outcome.ts";
import type { AgentReply, JudgedEpisode } from "../../runtime/contract.ts";
import { costingGenes } from "../../genome/active.ts";
import type { Giver, RunResult } from "../../isolation/isolation.ts";
import type { Taken } from "../../isolation/taken.ts";
import { mean, meansOf } from "../../run/means.ts";
import type { Case, Judge } from "../../isolation/judge.ts";
import { type Evaluation, genomeOf } from "./evaluation.ts";
import type { RunFacts } from "./run_facts.ts";

const encoder = new TextEncoder();

/** Bytes that are kept under their hash. */
export interface Kept {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** What an evaluation that finished came to. */
export interface Finished {
  /** Mean over the episodes, null for a gestation. */
  readonly score: number | null;
  readonly scores: readonly number[];
  /** Measures of each episode, objectives among them, where the world has these or instances. */
  readonly episodes: readonly JudgedEpisode["measures"][] | undefined;
  /** Mean over the episodes: how far what it did breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** Actions that were missing or out of their space. */
  readonly invalid: number;
  /** Whether a gene drew a random number in an episode though the world is not noisy. */
  readonly drew: boolean;
  /** Means of the world's measures and objectives by name. */
  readonly measures: Readonly<Record<string, number>>;
  /** What it did, as JSON; absent for a gestation. */
  readonly evidence: Kept | undefined;
  /** The genome that it decided on, absent where that is the one it had. */
  readonly genome: Kept | undefined;
  /** Memory of the lifetime as JSON, absent where it is empty. */
  readonly memory: Kept | undefined;
  readonly mail: readonly Letter[];
}

/** The result of an evaluation: what it came to, judged. */
export interface EvaluationResult extends Taken {
  readonly evaluation: Evaluation;
  /** The evaluator on another machine that has run it; absent where it was run on this one. */
  readonly evaluator?: Giver;
  /** How long the judge took, in milliseconds. */
  readonly judgeMs: number;
  readonly end: { readonly ok: true; readonly finished: Finished } | { readonly ok: false; readonly failure: Failure };
}

/** What results are judged with. */
export interface Bench {
  readonly facts: RunFacts;
  /** Absent where there is nothing to judge. */
  readonly judge: Judge | undefined;
}

/** Has the evidence of an evaluation judged, and brings all into the form in which it is kept. */
export async function resultOf(bench: Bench, evaluation: Evaluation, run: RunResult): Promise<EvaluationResult> {
  const began = performance.now();
  const end = run.ok ? await judged(bench, evaluation, run.reply) : await confirmedBy(bench, evaluation, run.failure);
  const { wallMs, cpuMs, memoryBytes, evaluator } = run;
  return { evaluation, evaluator, wallMs, cpuMs, memoryBytes, judgeMs: performance.now() - began, end };
}

async function judged(
  { facts, judge }: Bench,
  evaluation: Evaluation,
  reply: AgentReply,
): Promise<EvaluationResult["end"]> {
  if (evaluation.kind === "gestation") {
    return { ok: true, finished: await finish(evaluation, reply, facts.config.mail) };
  }
  const evidence = JSON.stringify(reply.evidence);
  const verdict = await judge!.judge(caseOf(facts, evaluation, evidence));
  if (verdict.ok) {
    const isKept = keepsEpisodes(facts.pool.world, facts.config.fitness);
    const judged = { evidence, judgements: verdict.judgements, isKept };
    return { ok: true, finished: await finish(evaluation, reply, facts.config.mail, judged) };
  }
  return { ok: false, failure: refusalOf(verdict, reply.evidence) };
}

async function confirmedBy(
  { facts, judge }: Bench,
  evaluation: Evaluation,
  failure: Failure,
): Promise<EvaluationResult["end"]> {
  if (failure.outcome !== "world") return { ok: false, failure };
  const { actions = [], point } = failure;
  const verdict = await judge?.judge({ ...caseOf(facts, evaluation, JSON.stringify(actions)), failed: true, point });
  return { ok: false, failure: confirmed(failure, verdict) };
}

function caseOf({ pool, worlds, worldsJson }: RunFacts, evaluation: Evaluation, evidence: string): Case {
  const genes = costingGenes(genomeOf(evaluation), pool);
  return { token: evaluation.token, episodes: worlds.length, genes, worlds: worldsJson, evidence };
}

/** What was judged, and how. */
export interface Judged {
  /** JSON of the evidence. */
  readonly evidence: string;
  readonly judgements: readonly JudgedEpisode[];
  /** Whether the measures of each episode are kept. */
  readonly isKept: boolean;
}

/**
 * Brings a reply and its judgements into the form in which they are kept.
 *
 * @param judged Absent for a gestation.
 */
export async function finish(
  evaluation: Evaluation,
  reply: AgentReply,
  config: Config["mail"],
  judged?: Judged,
): Promise<Finished> {
  const genome = reply.genome === null ? undefined : await hashedOf(Uint8Array.fromBase64(reply.genome));
  const changed = genome !== undefined && genome.hash !== evaluation.genomeHash;
  const judgements = judged?.judgements ?? [];
  const scores = judgements.map((judgement) => judgement.score);
  return {
    score: judged ? mean(scores) : null,
    scores,
    episodes: judged?.isKept ? judgements.map(({ measures }) => measures) : undefined,
    violation: mean(judgements.map(({ violation = 0 }) => violation)),
    invalid: reply.invalid ?? 0,
    drew: reply.drew ?? false,
    measures: meansOf(judgements),
    evidence: judged && await hashedOf(encoder.encode(judged.evidence)),
    genome: changed ? genome : undefined,
    // Memory belongs to a genome: it does not outlast it, and no agent is born with one.
    memory: judged && !changed && reply.memory.length > 0
      ? await hashedOf(encoder.encode(JSON.stringify(reply.memory)))
      : undefined,
    mail: reply.outbox.slice(0, config.messages).map(({ address, body }) => ({
      recipient: evaluation.addresses[address]!,
      body: JSON.stringify(body),
    })),
  };
}

async function hashedOf(bytes: Uint8Array): Promise<Kept> {
  return { hash: await sha256(bytes), bytes };
}

/** Bytes with their hash, which is taken without waiting. */
export function keptOf(bytes: Uint8Array): Kept {
  return { hash: sha256Now(bytes), bytes };
}
