/**
 * Shows records as a table for people.
 *
 * @module
 */

import type { ShownObjective } from "../records/objective.ts";
import type { AnyRecord } from "../records/record.ts";
import { oneLine } from "../util/text.ts";
import { layout, noValue } from "./layout.ts";

/**
 * Records as lines of a table, with a heading. An objective has a column of its own name, in place of the score.
 *
 * @param records At least one; records of another kind than agents' are shown where they have the same fields.
 * @param columns Fields to show, but for those that no record has; empty: those of the first record. `issue` is added
 * where a record has one.
 */
export function table(records: readonly AnyRecord[], columns: readonly string[]): string {
  const names = columns.length > 0
    ? columns.filter((name) => records.some((record) => name in record))
    : Object.keys(records[0]!).filter((name) => !frame.has(name));
  const objective = records.map(objectiveIn).find((one) => one !== undefined);
  const score = names.indexOf("score");
  if (objective && score >= 0) names[score] = "objective";
  if (!names.includes("issue") && records.some((record) => record.issue)) names.push("issue");
  const values = records.map((record) => names.map((name) => valueOf(record, name)));
  const right = names.map((_, i) => values.every((row) => typeof row[i] === "number" || isEmpty(row[i])));
  const headings = names.map((name) => name === "objective" && objective ? oneLine(objective.name) : name);
  const cells = values.map((row) => row.map(show));
  const { heading, rows } = layout(headings.map((name, i) => ({ name, right: right[i]! })), cells);
  return `${[...heading, ...rows].join("\n")}\n`;
}

function objectiveIn({ objective }: AnyRecord): ShownObjective | undefined {
  return typeof objective === "object" ? objective as ShownObjective : undefined;
}

function valueOf(record: AnyRecord, name: string): unknown {
  return name === "objective" ? objectiveIn(record)?.value : record[name];
}

const frame: ReadonlySet<string> = new Set(["type", "step", "ok", "issue"]);

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined;
}

function show(value: unknown): string {
  if (isEmpty(value)) return noValue;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (typeof value === "string") return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : oneLine(value);
  if (Array.isArray(value)) return value.length === 0 ? noValue : value.map((one) => showPart(one)).join(", ");
  if (typeof value === "object" && "message" in value!) return oneLine(String(value.message));
  return oneLine(JSON.stringify(value));
}

function showPart(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id).slice(0, 8) : show(value);
}
