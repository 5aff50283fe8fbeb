/**
 * Tells from how a process ended and what it wrote how its evaluation ended.
 *
 * @module
 */

import type { LimitReached } from "../records/outcome.ts";
import type { AgentError, AgentReply } from "../runtime/contract.ts";
import { isFromOutside, type ProcessEnd } from "./launch.ts";
import type { ProcessLimits } from "./limits.ts";
import type { Failure } from "./outcome.ts";
import * as limitFailures from "./limit_failures.ts";
import { type Expected, readError, readReply } from "./reply.ts";
import { ReplyError } from "./reply_checks.ts";
import { lastErrorLine, sentence, shownText } from "../util/text.ts";

/** What a run of a program gives: a reply that is still to be judged, or a failure. */
export type ReplyOrFailure = { readonly ok: true; readonly reply: AgentReply } | {
  readonly ok: false;
  readonly failure: Failure;
};

/** What Rust says of EMFILE, in an error or in a panic of one of its threads. */
const refusedDescriptor = /code: 24, .*Too many open files|Too many open files \(os error 24\)/;

/** Exit code with which the runtime says that it wrote a typed error. */
const errorCode = 3;

/** The end of a process as a reply or a typed failure. */
export function classify(end: ProcessEnd, expected: Expected, limits: ProcessLimits): ReplyOrFailure {
  const failure = unready(end, limits) ?? exceeded(end, limits) ?? ended(end, expected, limits);
  if (failure) return { ok: false, failure };
  try {
    return { ok: true, reply: readReply(end.stdout, expected) };
  } catch (error) {
    return { ok: false, failure: noReply(error) };
  }
}

/**
 * The line that a program gave which has an engine of its own, and no process: a reply or a typed error.
 *
 * @param line Without its end.
 */
export function answered(line: string, expected: Expected, limits: ProcessLimits): ReplyOrFailure {
  const bytes = new TextEncoder().encode(`${line}\n`);
  try {
    return { ok: true, reply: readReply(bytes, expected) };
  } catch (error) {
    return { ok: false, failure: errorIn(bytes, expected, limits) ?? noReply(error) };
  }
}

function errorIn(bytes: Uint8Array, expected: Expected, limits: ProcessLimits): Failure | undefined {
  try {
    return typed(readError(bytes, expected), limits, "engine");
  } catch (error) {
    if (error instanceof ReplyError) return undefined;
    throw error;
  }
}

/** What ends before it has said that it is ready has run nothing of an agent's. */
function unready(end: ProcessEnd, limits: ProcessLimits): Failure | undefined {
  if (end.ready) return undefined;
  const words = lastErrorLine(end.stderr);
  const how = end.signal ? `it was ended by ${end.signal}` : `it ended with exit code ${end.code}`;
  return {
    outcome: "start",
    message: `Its process was not ready: ${
      end.exceeded === "wall" ? `it took longer than ${limits.wallSeconds} s` : how
    }.`,
    ...(words && { detail: words }),
    ...(end.exceeded === "wall" && { limit: limitFailures.wall(limits).limit }),
  };
}

function exceeded(end: ProcessEnd, limits: ProcessLimits): Failure | undefined {
  if (end.exceeded === "wall") return limitFailures.wall(limits);
  if (end.exceeded === "output") return limitFailures.output(limits);
  if (end.exceeded === "memory") return limitFailures.memory(limits, "cgroup");
  if (isFromOutside(end.signal)) {
    return { outcome: "killed", message: `Its process was ended from outside, by ${end.signal}.` };
  }
  switch (end.signal) {
    case null:
      return undefined;
    case "SIGXCPU":
      return limitFailures.cpu(limits, "rlimit");
    case "SIGXFSZ":
      return limitFailures.file();
  }
  return inEngine(end, limits);
}

/** V8 and Rust end the process themselves where the kernel refuses them what they need. */
function inEngine(end: ProcessEnd, limits: ProcessLimits): Failure {
  const words = new TextDecoder().decode(end.stderr);
  if (refusedDescriptor.test(words)) return limitFailures.descriptors(limits);
  if (lackedMemory(end)) return limitFailures.memory(limits, "rlimit");
  return { outcome: "crash", message: `Its process ended by ${end.signal}.` };
}

/** Whether the engine ended its process as it was refused memory. */
export function lackedMemory({ signal, stderr }: Pick<ProcessEnd, "signal" | "stderr">): boolean {
  return signal === "SIGTRAP" ||
    /out of memory|memory allocation of \d+ bytes failed/i.test(new TextDecoder().decode(stderr));
}

function ended(end: ProcessEnd, expected: Expected, limits: ProcessLimits): Failure | undefined {
  if (end.code === 0) return undefined;
  if (end.code !== errorCode) return uncaught(end, limits);
  try {
    return typed(readError(end.stdout, expected), limits, "rlimit");
  } catch (error) {
    return noReply(error);
  }
}

function uncaught(end: ProcessEnd, limits: ProcessLimits): Failure {
  const words = lastErrorLine(end.stderr);
  if (/RangeError: Array buffer allocation failed|out of memory/i.test(words)) {
    return limitFailures.memory(limits, "rlimit");
  }
  if (words.includes("RangeError: Maximum call stack size exceeded")) return limitFailures.stack();
  if (refusedDescriptor.test(new TextDecoder().decode(end.stderr))) return limitFailures.descriptors(limits);
  const message = `Its process ended with exit code ${end.code}.`;
  return { outcome: "crash", message, ...(words && { detail: words }) };
}

const typedOutcomes = {
  stack: "stack",
  memory: "memory",
  request: "protocol",
  world: "world",
  crash: "crash",
} as const;

function typed(
  { error, evidence, point, trace }: AgentError,
  limits: ProcessLimits,
  enforcedBy: LimitReached["enforcedBy"],
): Failure {
  const { code, message, detail } = error;
  const outcome = typedOutcomes[code];
  return {
    outcome,
    message: sentence(shownText(message)),
    ...(detail && { detail: shownText(detail) }),
    ...(code === "world" && { actions: evidence, ...(point !== undefined && { point }) }),
    ...(trace !== undefined && { trace }),
    ...(code === "stack" && { limit: limitFailures.stack().limit }),
    ...(code === "memory" && { limit: limitFailures.memory(limits, enforcedBy).limit }),
  };
}

function noReply(error: unknown): Failure {
  if (!(error instanceof ReplyError)) throw error;
  return { outcome: "protocol", message: `Its reply ${error.message}.` };
}
