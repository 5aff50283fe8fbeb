/**
 * What a life came to, before it is put into the listing.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import { sha256Now } from "../../util/hash_now.ts";
import type { Failure } from "../../isolation/outcome.ts";
import type { Judgement, LifeReply } from "../../runtime/contract.ts";
import type { Life } from "./life.ts";

const encoder = new TextEncoder();

/** Bytes that are kept under their hash. */
export interface Kept {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** A message that is to be delivered when the cycle's episodes are complete. */
export interface Letter {
  readonly recipient: string;
  /** JSON list of numbers. */
  readonly body: string;
}

/** What a life that finished came to. */
export interface Finished {
  /** Mean over the episodes, null for a gestation. */
  readonly score: number | null;
  readonly scores: readonly number[];
  /** Means of the world's measures by name. */
  readonly measures: Readonly<Record<string, number>>;
  /** What it did, as JSON; absent for a gestation. */
  readonly evidence: Kept | undefined;
  /** The genome that it decided on, absent where that is the one it had. */
  readonly genome: Kept | undefined;
  /** Memory of the lifetime as JSON, absent where it is empty. */
  readonly memory: Kept | undefined;
  readonly mail: readonly Letter[];
}

/** What a life came to. */
export interface Settled {
  readonly life: Life;
  /** Null where no process was started. */
  readonly wallMs: number | null;
  /** How long the judge took, in milliseconds. */
  readonly judgeMs: number;
  readonly end: { readonly ok: true; readonly finished: Finished } | { readonly ok: false; readonly failure: Failure };
}

/** What was judged, and how. */
export interface Judged {
  /** JSON of the evidence. */
  readonly evidence: string;
  readonly judgements: readonly Judgement[];
}

/**
 * Brings a reply and its judgements into the form in which they are kept.
 *
 * @param judged Absent for a gestation.
 */
export function finish(life: Life, reply: LifeReply, config: Config["mail"], judged?: Judged): Finished {
  const genome = reply.genome === null ? undefined : keptOf(Uint8Array.fromBase64(reply.genome));
  const changed = genome !== undefined && genome.hash !== life.genomeHash;
  const judgements = judged?.judgements ?? [];
  const scores = judgements.map((judgement) => judgement.score);
  return {
    score: judged ? mean(scores) : null,
    scores,
    measures: meansOf(judgements),
    evidence: judged && keptOf(encoder.encode(judged.evidence)),
    genome: changed ? genome : undefined,
    // Memory belongs to a genome: it does not outlast it, and nobody is born with one.
    memory: judged && !changed && reply.memory.length > 0
      ? keptOf(encoder.encode(JSON.stringify(reply.memory)))
      : undefined,
    mail: reply.outbox.slice(0, config.messages).map(({ address, body }) => ({
      recipient: life.addresses[address]!,
      body: JSON.stringify(body),
    })),
  };
}

/** Arithmetic mean, summed in order; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means of measures by name, sorted; an episode without a measure does not count for it. */
export function meansOf(judgements: readonly Judgement[]): Record<string, number> {
  const names = [...new Set(judgements.flatMap(({ measures }) => Object.keys(measures)))].sort();
  return Object.fromEntries(names.map((name) => {
    const values = judgements.map(({ measures }) => measures[name]).filter((value) => value !== undefined);
    return [name, mean(values)];
  }));
}

/** Bytes with their hash. */
export function keptOf(bytes: Uint8Array): Kept {
  return { hash: sha256Now(bytes), bytes };
}
