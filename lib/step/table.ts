/**
 * Shows records as a table for people.
 *
 * @module
 */

import { bold, dim } from "@std/fmt/colors";
import type { StepRecord } from "./context.ts";

/**
 * Records as lines of a table, with a heading.
 *
 * @param records At least one; records of another kind than agents' are shown where they have the same fields.
 * @param columns Fields to show, but for those that no record has; empty: those of the first record. `issue` is added
 * where a record has one.
 */
export function table(records: readonly StepRecord[], columns: readonly string[]): string {
  const names = columns.length > 0
    ? columns.filter((name) => records.some((record) => name in record))
    : Object.keys(records[0]!).filter((name) => !frame.has(name));
  if (!names.includes("issue") && records.some((record) => record.issue)) names.push("issue");
  const cells = records.map((record) => names.map((name) => show(record[name])));
  const right = names.map((name) =>
    records.every((record) => typeof record[name] === "number" || isEmpty(record[name]))
  );
  const widths = names.map((name, i) => cells.reduce((width, row) => Math.max(width, row[i]!.length), name.length));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)).join("  ").trimEnd();
  return [bold(line(names)), ...cells.map((row, i) => records[i]!.ok ? line(row) : dim(line(row)))].join("\n") + "\n";
}

const frame: ReadonlySet<string> = new Set(["type", "step", "ok", "issue"]);

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined;
}

function show(value: unknown): string {
  if (isEmpty(value)) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (typeof value === "string") return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : clean(value);
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map((one) => showPart(one)).join(", ");
  if (typeof value === "object" && "message" in value!) return clean(String(value.message));
  return clean(JSON.stringify(value));
}

function showPart(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id).slice(0, 8) : show(value);
}

/** Without line feeds and whatever else would move the cursor or turn the direction of writing. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}
