/**
 * What an evaluator says of itself while it is there.
 *
 * @module
 */

import { type IsolationName, isolationNames } from "../isolation/names.ts";
import { isEvaluatorName, protocolVersion } from "./names.ts";
import { MessageError } from "./protocol.ts";

/** An evaluator, as it stands in the bucket of evaluators under its name. */
export interface EvaluatorPresence {
  readonly version: number;
  readonly name: string;
  /** The public key of this process of it, drawn at its start: another one with the same name is another evaluator. */
  readonly instance: string;
  /** Name of its machine. */
  readonly host: string;
  readonly cores: number;
  /** What runs programs there, as in subjects. */
  readonly engine: string;
  readonly isolation: IsolationName;
  /** How many evaluations it runs at once. */
  readonly slots: number;
  /** How many it has replied to since its start. */
  readonly evaluations: number;
  /** Mean time of the recent ones in milliseconds; null before the first. */
  readonly msPerEvaluation: number | null;
  /** When it was started, by its own clock. */
  readonly since: string;
}

/** Longest presence in UTF-16 code units. */
const mostText = 4096;

const isText = (value: unknown, most = 256): value is string =>
  // deno-lint-ignore no-control-regex -- it is shown to persons
  typeof value === "string" && value.length <= most && !/[\x00-\x1f\x7f-\x9f]/.test(value);

const isCount = (value: unknown, least = 0) => Number.isSafeInteger(value) && (value as number) >= least;

/** What each member must be. */
const demands: { readonly [Name in keyof EvaluatorPresence]: (value: unknown) => boolean } = {
  version: (value) => value === protocolVersion,
  name: (value) => typeof value === "string" && isEvaluatorName(value),
  instance: (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
  host: (value) => isText(value),
  cores: (value) => isCount(value, 1),
  engine: (value) => typeof value === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(value),
  isolation: (value) => isolationNames.includes(value as IsolationName),
  slots: (value) => isCount(value, 1),
  evaluations: (value) => isCount(value),
  msPerEvaluation: (value) => value === null || (typeof value === "number" && value >= 0 && value < 1e9),
  since: (value) => isText(value, 40) && Number.isFinite(Date.parse(value)),
};

/** A presence as text. */
export function presenceText(presence: EvaluatorPresence): string {
  return JSON.stringify(presence);
}

/**
 * A presence, read.
 *
 * @throws {MessageError} If it is none of this version.
 */
export function readPresence(text: string): EvaluatorPresence {
  const value = text.length <= mostText ? parsed(text) : undefined;
  if (typeof value !== "object" || value === null) throw new MessageError("It must be an object of JSON");
  const members = Object.entries(demands).map(([name, isGood]) => {
    const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (!isGood(member)) throw new MessageError(`It must tell its ${name}`);
    return [name, member];
  });
  return Object.fromEntries(members);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
