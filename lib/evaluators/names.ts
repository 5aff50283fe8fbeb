/**
 * The names that supervisors and evaluators use on a broker, and the bounds of what they send.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";

/** Version of the messages; others are not read. */
export const protocolVersion = 1;

/** The streams of JetStream, and its buckets of keys and values. */
export const broker = {
  /** Batches of evaluations that wait: each is handed to one evaluator, and removed when that has replied. */
  evaluations: "EV_EVALUATIONS",
  /** Replies, kept until their step has ended. */
  replies: "EV_REPLIES",
  /** Programs and shared inputs, in pieces, by SHA-256. */
  programs: "EV_PROGRAMS",
  /** Which evaluators are there, each renewed every {@linkcode presence} milliseconds. */
  evaluators: "EV_EVALUATORS",
} as const;

/** What a process may be at a broker: one that has others evaluate, or one of these. */
export const roles = ["supervisor", "evaluator"] as const;

/** What a process is at a broker. */
export type Role = typeof roles[number];

/** What the subjects begin with on which those of a role are answered: one role does not hear what another one is told. */
export function inboxesOf(role: Role): string {
  return `_INBOX_${role}`;
}

/** The stream of a bucket. */
export function bucketOf(name: string): string {
  return `KV_${name}`;
}

/** How often an evaluator says that it is there, and after which time it is gone that has not, in milliseconds. */
export const presence = { every: 3000, gone: 10_000 } as const;

/** How long an evaluator may leave a batch without a word, in milliseconds; it says each third of that that it works on it. */
export const ackWaitMs = 10_000;

/** How often a batch is handed out at most: one that has ended so many evaluators is not theirs. */
export const deliveries = 3;

/** Bounds of what is sent. */
export const most = {
  /** Bytes of a batch; servers take a MiB unless they are configured otherwise. */
  batchBytes: 256 * 1024,
  /** Evaluations of a batch. */
  batch: 64,
  /** Bytes of one piece of a program or of shared inputs. */
  pieceBytes: 512 * 1024,
  /** Bytes of a program or of shared inputs. */
  contentBytes: 256 * 1024 * 1024,
  /** Bytes of a message that is read. */
  messageBytes: 8 * 1024 * 1024,
  /** Characters of an evaluator's name. */
  name: 64,
} as const;

/** What runs programs, as a part of a subject: an evaluator of another one is handed nothing, since engines differ in bits. */
export function engineName(): string {
  const { deno, v8 } = Deno.version;
  return `deno-${deno}-v8-${v8}-${Deno.build.arch}`.replaceAll(/[^A-Za-z0-9-]/g, "_");
}

/**
 * The name of a run on a broker: equal for a step that goes on with it, and another one for any other run.
 *
 * @param key The public key that its programs are signed with.
 * @param seed The run's.
 * @param run Its name within the project; absent: the one at the top.
 */
export async function runToken(key: string, seed: string, run = ""): Promise<string> {
  return (await sha256(JSON.stringify([key, seed, run]))).slice(0, 32);
}

/** The subject of a run's batches for evaluators of an engine. */
export function evaluationsOf(run: string, engine: string): string {
  return `evaluations.${run}.${engine}`;
}

/** The subject of all replies to a run. */
export function repliesTo(run: string): string {
  return `replies.${run}`;
}

/** The subject of the run of a batch's subject. */
export function repliesFor(subject: string): string {
  return repliesTo(subject.split(".")[1]!);
}

/** Whether a text may name an evaluator: it is shown to persons, and a key of a bucket. */
export function isEvaluatorName(name: string): boolean {
  return name.length <= most.name && /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name) && !name.endsWith(".");
}
