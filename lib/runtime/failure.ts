/**
 * How an evaluation ends before its end: typed, and said in words that are the same in every engine.
 *
 * @module
 */

import type { AgentError } from "./contract.ts";
import { isMade } from "./errors.ts";
import { limits } from "./limits.ts";

/**
 * Why an evaluation failed. `crash`: a gene threw; `stack`, `memory`: a limit of the machine, not reproducible; `world`: the
 * template's world threw or broke the contract; `request`: the line on stdin was none.
 *
 * How deep genes may call each other is for the engine to say: to count calls would mean to rewrite the genes. So the
 * end of the stack ends the evaluation as `stack`, wherever it was met.
 */
export type FailureCode = AgentError["error"]["code"];

/** An evaluation that failed. */
export class EvaluationFailure extends Error {
  override name = "EvaluationFailure";
  readonly code: FailureCode;
  /** What the engine said; it differs between engines, so nothing may depend on it. */
  readonly detail: string;
  /** The point over which the world's `probe` failed; absent where it is not what failed. */
  readonly point: number | readonly number[] | undefined;

  /**
   * @param code What kind of failure.
   * @param message One sentence, the same in every engine.
   * @param detail The engine's or the gene's own words.
   * @param point The point of a probe.
   */
  constructor(code: FailureCode, message: string, detail = "", point?: number | readonly number[]) {
    super(message);
    this.code = code;
    this.detail = plain(detail);
    this.point = point;
  }
}

/**
 * Turns what a gene or a world threw into a failure.
 *
 * @param thrown Anything: it is looked at without running any code of its own.
 * @param where Who threw, such as `src/rl.ts#learn`.
 * @param code What it is, unless it was a limit of the machine.
 * @returns The failure; one that is a failure already is given back.
 */
export function failureOf(thrown: unknown, where: string, code: FailureCode): EvaluationFailure {
  if (thrown instanceof EvaluationFailure) return thrown;
  const detail = textOf(thrown);
  const limit = thrown instanceof Error && !isMade(thrown) ? limitOf(detail) : undefined;
  if (limit !== undefined) return new EvaluationFailure(limit, `${where} exceeded the ${limit} of the machine`, detail);
  return new EvaluationFailure(code, `${where} threw ${kindOf(thrown)}`, detail);
}

/** Text without control characters, paths or excess length. */
export function plain(text: string): string {
  let out = "";
  const end = Math.min(text.length, limits.message);
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    out += unit < 32 || (unit >= 127 && unit < 160) || unit === 0x2028 || unit === 0x2029 || unit === 47 || unit === 92
      ? " "
      : text[i];
  }
  return out;
}

/**
 * The limit of the machine that an engine's error tells of, in the words of V8 or QuickJS.
 *
 * @param message What the error says.
 */
export function limitOf(message: string): "stack" | "memory" | undefined {
  if (["Maximum call stack size exceeded", "stack overflow"].includes(message)) return "stack";
  return refusals.includes(message) ? "memory" : undefined;
}

/** What engines say where they refuse memory; texts may have as many characters as an engine sees fit. */
const refusals = [
  "Array buffer allocation failed",
  "Invalid string length",
  "out of memory",
  "Out of memory",
  "invalid array buffer length",
  "invalid string length",
  "string too long",
];

function textOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  if (!(thrown instanceof Error)) return "";
  const text: unknown = Object.getOwnPropertyDescriptor(thrown, "message")?.value;
  return typeof text === "string" ? text : "";
}

/** Taken when this is loaded, since some of them are no globals any more later. */
const kinds = [TypeError, RangeError, ReferenceError, SyntaxError, Error] as const;

function kindOf(thrown: unknown): string {
  const kind = kinds.findIndex((known) => thrown instanceof known);
  if (kind >= 0) return ["a TypeError", "a RangeError", "a ReferenceError", "a SyntaxError", "an Error"][kind]!;
  return thrown === null ? "null" : `a value of type ${typeof thrown}`;
}
