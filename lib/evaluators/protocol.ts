/**
 * What supervisors and evaluators say to each other: shared inputs, batches, replies; written, and read under limits.
 *
 * A message is a line of JSON, and then a line for each evaluation whose parts are separated by tabs: JSON holds none.
 *
 * @module
 */

import type { DataCost } from "../isolation/data.ts";
import type { RunResult } from "../isolation/isolation.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import type { EvaluationRequest } from "../isolation/request.ts";
import type { Pool } from "../genome/pool.ts";
import type { Failure } from "../isolation/outcome.ts";
import { type LimitReached, outcomes } from "../records/outcome.ts";
import { sha256 } from "../util/hash.ts";
import { shownText } from "../util/text.ts";
import { isEvaluatorName, protocolVersion } from "./names.ts";

/** A signed program, or data, that evaluations have in common. */
export interface SharedProgram {
  /** What stands for the genome in its statement. */
  readonly name: string;
  /** SHA-256 of its bytes. */
  readonly artifact: string;
  /** Signature of the statement, in base64. */
  readonly signature: string;
}

/** What the evaluations of a step have in common. */
export interface SharedInputs {
  readonly version: number;
  /** What all statements have in common. */
  readonly runtime: string;
  readonly world: string;
  readonly policy: string;
  readonly limits: ProcessLimits;
  readonly pool: Pool;
  /** JSON of the worlds of judged evaluations, and of the catalogue of the pool. */
  readonly worldsJson: string;
  readonly poolJson: string;
  /** What own programs are cut from. */
  readonly kit: SharedProgram;
  /** What holds all genes; absent where there is none. */
  readonly all?: SharedProgram;
  /** The data of the world; absent where it has none. */
  readonly data?: SharedProgram & { readonly cost: DataCost };
}

/** The first line of a batch. */
export interface BatchHeader {
  readonly version: number;
  /** SHA-256 of the shared inputs. */
  readonly shared: string;
}

/** One evaluation of a batch. */
export interface Asked
  extends Pick<EvaluationRequest, "id" | "kind" | "cycle" | "expected" | "steps" | "own" | "chosen"> {
  /** What a reply to it is about: the hash of all that it depends on. */
  readonly key: string;
  readonly artifact: string;
  readonly genome: string;
  /** Signature of the statement about its own program, in base64. */
  readonly signature: string;
}

/** A batch. */
export interface Batch extends BatchHeader {
  readonly evaluations: readonly Asked[];
}

/** What an evaluation came to at an evaluator. */
export interface Replied {
  readonly key: string;
  readonly wallMs: number;
  /** JSON of the reply, to be read under the limits of its request; absent where it failed. */
  readonly reply?: string;
  /** How it failed. */
  readonly failure?: ToldFailure;
}

/** What an evaluator tells of a failure. */
export type ToldFailure = Pick<Failure, "outcome" | "message" | "detail" | "limit">;

/** Who gives replies. */
export interface Sender {
  /** Name of the evaluator. */
  readonly evaluator: string;
  /** Its public key, as its presence tells it: another process with the same name is another evaluator. */
  readonly instance: string;
  /** Over {@linkcode signedPart}, in base64: whether it is right is for `identity.ts` to tell. */
  readonly signature: string;
}

/** Replies to some of a batch. */
export interface Replies extends Sender {
  readonly version: number;
  readonly replies: readonly Replied[];
}

/** Longest words about a failure, in UTF-16 code units. */
const mostWords = 1000;

/** A message that is none of this version. */
export class MessageError extends Error {
  override readonly name = "MessageError";
}

/** What a message is read as; undefined where it is none of this version, whoever wrote it. */
export function ifMessage<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MessageError) return undefined;
    throw error;
  }
}

/** The line of an evaluation, which begins with its key. @param shared SHA-256 of the shared inputs. */
export async function askedLine(request: EvaluationRequest, signature: string, shared: string): Promise<string> {
  const { id, kind, cycle, artifact: { artifact, genome }, expected, steps, own, chosen } = request;
  const head = JSON.stringify({ id, kind, cycle, artifact, genome, signature, expected, steps });
  const rest = `${head}\t${own}\t${chosen ?? ""}`;
  return `${await sha256(`${shared}\n${rest}`)}\t${rest}`;
}

/** The key that the line of an evaluation begins with. */
export function keyOf(line: string): string {
  return line.slice(0, 64);
}

/** A batch as text. @param lines As {@linkcode askedLine} makes them. */
export function batchText(shared: string, lines: readonly string[]): string {
  const header: BatchHeader = { version: protocolVersion, shared };
  return [JSON.stringify(header), ...lines].join("\n");
}

/**
 * A batch, read.
 *
 * @throws {MessageError} If it is none of this version.
 */
export function readBatch(text: string): Batch {
  const [header, ...lines] = text.split("\n");
  const { version, shared } = headerOf(header!);
  if (!isHash(shared)) throw new MessageError("It must name its shared inputs by a hash");
  return { version, shared, evaluations: lines.map(readAsked) };
}

function readAsked(line: string): Asked {
  const [key, head, own, chosen, ...more] = line.split("\t");
  if (chosen === undefined || more.length > 0 || !isHash(key)) {
    throw new MessageError("It must have lines of four parts");
  }
  return {
    ...objectOf(head!) as unknown as Omit<Asked, "key" | "own" | "chosen">,
    key: key!,
    own: own!,
    chosen: chosen || undefined,
  };
}

/** The lines of replies. */
export function repliesLines(replies: readonly Replied[]): string {
  return replies.map(({ key, wallMs, reply, failure }) =>
    `${key}\t${Math.round(wallMs * 10) / 10}\t${reply ?? JSON.stringify({ failure })}`
  ).join("\n");
}

/** What an evaluator signs of its replies: its name and their lines. */
export function signedPart(evaluator: string, lines: string): string {
  return `${evaluator}\n${lines}`;
}

/** Replies as text. @param lines As {@linkcode repliesLines} makes them. */
export function repliesText({ evaluator, instance, signature }: Sender, lines: string): string {
  return `${JSON.stringify({ version: protocolVersion, evaluator, instance, signature })}\n${lines}`;
}

/** Who says that a text of replies is theirs. @throws {MessageError} If it is none of this version. */
export function senderOf(text: string): Sender {
  const { evaluator, instance, signature } = headerOf(text.split("\n", 1)[0]!);
  if (typeof evaluator !== "string" || !isEvaluatorName(evaluator)) {
    throw new MessageError("It must name its evaluator");
  }
  if (!isHash(instance) || typeof signature !== "string") throw new MessageError("It must be signed by its evaluator");
  return { evaluator, instance, signature };
}

/** What an evaluation came to, as it is sent. */
export function repliedOf(key: string, { wallMs, ...result }: RunResult): Replied {
  if (result.ok) return { key, wallMs: wallMs ?? 0, reply: JSON.stringify(result.reply) };
  const { outcome, message, detail, limit } = result.failure;
  return { key, wallMs: wallMs ?? 0, failure: { outcome, message, detail, limit } };
}

/**
 * Replies, read. What a reply holds is still to be read under the limits of its request.
 *
 * @throws {MessageError} If they are none of this version.
 */
export function readReplies(text: string): Replies {
  return { version: protocolVersion, ...senderOf(text), replies: text.split("\n").slice(1).map(readReplied) };
}

function readReplied(line: string): Replied {
  const [key, ms, reply, ...more] = line.split("\t");
  const wallMs = Number(ms);
  if (reply === undefined || more.length > 0 || !isHash(key) || !(wallMs >= 0 && wallMs < 1e9)) {
    throw new MessageError("It must have lines of key, milliseconds and reply");
  }
  if (!reply.startsWith('{"failure":')) return { key: key!, wallMs, reply };
  return { key: key!, wallMs, failure: readFailure(objectOf(reply).failure) };
}

function readFailure(value: unknown): ToldFailure {
  const { outcome, message, detail, limit } = Object(value) as Partial<Failure>;
  const isOutcome = (outcomes as readonly unknown[]).includes(outcome) && outcome as unknown !== "finished";
  const isLimit = limit === undefined || isReached(limit);
  if (!isOutcome || typeof message !== "string" || !isLimit || !["undefined", "string"].includes(typeof detail)) {
    throw new MessageError("It must tell how an evaluation failed");
  }
  const words = detail && shownText(detail, mostWords);
  return {
    outcome: outcome!,
    message: shownText(message, mostWords),
    ...(words && { detail: words }),
    ...(limit && { limit }),
  };
}

const limitNames: readonly unknown[] = [
  "memoryMiB",
  "cpuSeconds",
  "wallSeconds",
  "outputKiB",
  "descriptors",
  "fileKiB",
  "stack",
] satisfies LimitReached["name"][];
const enforcers: readonly unknown[] = [
  "rlimit",
  "cgroup",
  "supervisor",
  "engine",
] satisfies LimitReached["enforcedBy"][];

function isReached(limit: unknown): boolean {
  const { name, value, enforcedBy } = Object(limit) as Partial<LimitReached>;
  return limitNames.includes(name) && enforcers.includes(enforcedBy) && (value === null || Number.isFinite(value));
}

function headerOf(line: string): Record<string, unknown> & { readonly version: number } {
  const header = objectOf(line);
  const { version } = header;
  if (version !== protocolVersion) {
    throw new MessageError(
      `It must be of version ${protocolVersion}, and is of ${String(JSON.stringify(version)).slice(0, 20)}`,
    );
  }
  return { ...header, version: protocolVersion };
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MessageError("It must be JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MessageError("It must be an object");
  }
  return value as Record<string, unknown>;
}

/** Whether something is 64 hexadecimal digits. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
