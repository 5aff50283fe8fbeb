/**
 * Tells from how a process ended and what it wrote how its life ended.
 *
 * @module
 */

import type { LifeError, LifeReply } from "../runtime/contract.ts";
import type { ProcessEnd } from "./launch.ts";
import type { ProcessLimits } from "./limits.ts";
import type { Failure } from "./outcome.ts";
import { type Expected, readError, readReply, ReplyError } from "./reply.ts";
import { lastWords, shownText } from "./text.ts";

/** A life as its process told it: a reply that is still to be judged, or a failure. */
export type Told = { readonly ok: true; readonly reply: LifeReply } | { readonly ok: false; readonly failure: Failure };

/** Exit code with which the runtime says that it wrote a typed error. */
const errorCode = 3;

/** The end of a process as a reply or a typed failure. */
export function classify(end: ProcessEnd, expected: Expected, limits: ProcessLimits): Told {
  const failure = exceeded(end, limits) ?? ended(end, expected);
  if (failure) return { ok: false, failure };
  try {
    return { ok: true, reply: readReply(end.stdout, expected) };
  } catch (error) {
    return { ok: false, failure: noReply(error) };
  }
}

function exceeded(end: ProcessEnd, limits: ProcessLimits): Failure | undefined {
  if (end.exceeded === "wall") {
    return { outcome: "wall", message: `It was ended as it took longer than ${limits.wallSeconds} s.` };
  }
  if (end.exceeded === "output") {
    return { outcome: "output", message: `It was ended as it wrote more than ${limits.outputKiB} KiB.` };
  }
  switch (end.signal) {
    case null:
      return undefined;
    case "SIGXCPU":
      return { outcome: "cpu", message: `It was ended as it used more than ${limits.cpuSeconds} s of CPU time.` };
    case "SIGXFSZ":
      return { outcome: "output", message: "It was ended as it wrote to a file." };
    case "SIGKILL":
    case "SIGTERM":
    case "SIGINT":
    case "SIGHUP":
      return { outcome: "killed", message: `Its process was ended from outside, by ${end.signal}.` };
  }
  return inEngine(end);
}

/** V8 and Rust end the process themselves where memory is refused to them. */
function inEngine(end: ProcessEnd): Failure {
  const words = new TextDecoder().decode(end.stderr);
  const memory = end.signal === "SIGTRAP" || /out of memory|memory allocation of \d+ bytes failed/i.test(words);
  return memory
    ? { outcome: "memory", message: "It was ended as it needed more memory than it may have." }
    : { outcome: "crash", message: `Its process ended by ${end.signal}.` };
}

function ended(end: ProcessEnd, expected: Expected): Failure | undefined {
  if (end.code === 0) return undefined;
  if (end.code !== errorCode) return uncaught(end);
  try {
    return typed(readError(end.stdout, expected));
  } catch (error) {
    return noReply(error);
  }
}

function uncaught(end: ProcessEnd): Failure {
  const words = lastWords(end.stderr);
  if (/RangeError: Array buffer allocation failed|out of memory/i.test(words)) {
    return { outcome: "memory", message: "It was ended as it needed more memory than it may have." };
  }
  if (words.includes("RangeError: Maximum call stack size exceeded")) {
    return { outcome: "stack", message: "It was ended as its calls were nested too deeply." };
  }
  const message = `Its process ended with exit code ${end.code}.`;
  return { outcome: "crash", message, ...(words && { detail: words }) };
}

function typed({ error }: LifeError): Failure {
  const { code, message, detail } = error;
  const outcome = code === "stack" || code === "memory" ? code : code === "request" ? "protocol" : "crash";
  const shown = shownText(message);
  return {
    outcome,
    message: `${shown}${shown.endsWith(".") ? "" : "."}`,
    ...(detail && { detail: shownText(detail) }),
  };
}

function noReply(error: unknown): Failure {
  if (!(error instanceof ReplyError)) throw error;
  return { outcome: "protocol", message: `Its reply ${error.message}.` };
}
