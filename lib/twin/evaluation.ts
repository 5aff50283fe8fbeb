/**
 * One evaluation of a twin: asked as an isolation is asked, and read and judged as its reply is.
 *
 * @module
 */

import { answered, type ReplyOrFailure } from "../isolation/classify.ts";
import { confirmed, refusalOf } from "../evaluation/verdict.ts";
import * as limitFailures from "../isolation/limit_failures.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { readVerdict } from "../isolation/judge.ts";
import type { Failure } from "../isolation/outcome.ts";
import { type OwnInputs, ownPart } from "../isolation/own_request.ts";
import { type Expected, readReplyLine } from "../isolation/reply.ts";
import { ReplyError } from "../isolation/reply_checks.ts";
import type { AgentReply, JudgedEpisode, JudgeReply, WorldSettings } from "../runtime/contract.ts";
import { byteLimits } from "../runtime/genome_bytes.ts";
import type { Genotype } from "./genotype.ts";
import type { Realm } from "./realm.ts";

/** What an evaluation came to. */
export type TwinResult =
  | { readonly ok: true; readonly reply: AgentReply; readonly judgements: readonly JudgedEpisode[] }
  | { readonly ok: false; readonly failure: Failure };

/** Where evaluations are run. */
export interface Bench {
  readonly realm: Realm;
  /** The run's seed. */
  readonly seed: string;
  readonly world: WorldSettings;
  readonly limits: ProcessLimits;
}

/** What an evaluation is given, its genome aside. */
export interface TwinInputs extends Omit<OwnInputs, "genome" | "genomeHash" | "mates"> {
  readonly genotype: Genotype;
  readonly mates?: readonly Genotype[];
  /** How many episodes it is of: as many worlds as the realm holds, or none. */
  readonly episodes: number;
}

/** How many times as much as an evaluation may have there may be in the heap of a Worker, most of which is garbage. */
const garbage = 4;

/** Runs and judges one evaluation. */
export function evaluated(bench: Bench, { genotype, mates = [], episodes, ...given }: TwinInputs): TwinResult {
  const { realm, seed, world, limits } = bench;
  const { token, own } = ownPart(seed, world, {
    ...given,
    genomeHash: genotype.hash,
    genome: genotype.bytes,
    mates: mates.map(({ bytes }) => bytes),
  });
  const line = `{"request":${own.slice(0, -1)},"chosen":${genotype.chosen}},"genes":${genotype.costing}}`;
  const answer = realm.evaluate(line, {
    cpuMs: limits.cpuSeconds * 1000,
    memoryBytes: garbage * limits.memoryMiB * 1024 * 1024,
  });
  if (typeof answer !== "string") return { ok: false, failure: limitFailures[answer.ended](limits, "engine") };
  const [reply, verdict] = answer.split("\n") as [string, string?];
  const expected = { token, episodes, addresses: given.addresses, genomeBytes: byteLimits.size };
  const run = read(reply, expected, limits);
  const judged = verdict === undefined ? undefined : readVerdict(verdict, { token, episodes });
  return run.ok ? judgedEnd(run.reply, given.kind, judged) : { ok: false, failure: failedEnd(run.failure, judged) };
}

function read(line: string, expected: Expected, limits: ProcessLimits): ReplyOrFailure {
  try {
    return { ok: true, reply: readReplyLine(line, expected) };
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return answered(line, expected, limits);
  }
}

function judgedEnd(reply: AgentReply, kind: TwinInputs["kind"], verdict: JudgeReply | undefined): TwinResult {
  if (kind === "gestation") return { ok: true, reply, judgements: [] };
  if (verdict === undefined) throw new TypeError("Cannot judge as the world must give finite numbers.");
  if (!verdict.ok) return { ok: false, failure: refusalOf(verdict, reply.evidence) };
  return { ok: true, reply, judgements: verdict.judgements };
}

function failedEnd(failure: Failure, verdict: JudgeReply | undefined): Failure {
  return failure.outcome === "world" ? confirmed(failure, verdict) : failure;
}
