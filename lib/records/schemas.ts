/**
 * What is demanded of records that another process wrote. Written out: a library for it takes longer to load than a step
 * takes that has little to do.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";
import type { StepFinished } from "./finished.ts";
import type { RecordOf } from "./record.ts";

const longestId = 128;

/** A record on stdin, as far as a step looks at it. */
export interface StdinRecord {
  readonly id: string | null;
  readonly ok?: boolean;
}

/** What a value that is no record on stdin should have been, or `undefined` if it is one. */
export function expectedOnStdin(value: unknown): string | undefined {
  if (!isObject(value)) return "a JSON object";
  const { id, ok } = value;
  if (id === undefined) return 'an object with an "id"';
  if (!isTextOrNull(id) || (id !== null && id.length > longestId)) return 'an "id" that is an agent\'s id or null';
  return isAbsentOr(isBoolean, ok) ? undefined : '"ok" to be true or false';
}

/** A record that a chain reads of a step, as far as it is looked at. */
export type ChildRecord =
  & RecordOf<string, string | null>
  & Pick<StepFinished, "counts" | "durations" | "configured" | "conditions">;

/** Whether a value is a record of a step that a chain has started. */
export function isChildRecord(value: unknown): value is ChildRecord {
  if (!isObject(value)) return false;
  const { type, id, ok, issue, counts, durations, configured, conditions } = value;
  return isText(type) && isTextOrNull(id) && isBoolean(ok) && isAbsentOr(isIssue, issue) &&
    isAbsentOr(isCounts, counts) && isAbsentOr(isNumbers, durations) && isAbsentOr(isText, configured) &&
    isAbsentOr(isText, conditions);
}

function isIssue(value: unknown): value is Issue {
  if (!isObject(value)) return false;
  const { code, message, path, issue, findings } = value;
  return isText(code) && isText(message) && isAbsentOr(isText, path) && isAbsentOr(isIssue, issue) &&
    isAbsentOr((list) => Array.isArray(list) && list.every(isIssue), findings);
}

function isCounts(value: unknown): boolean {
  return isNumbers(value) && Object.hasOwn(value, "updates");
}

function isNumbers(value: unknown): value is Record<string, number> {
  return isObject(value) && Object.values(value).every((one) => typeof one === "number");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isAbsentOr(is: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || is(value);
}
