/**
 * Answers as CSV: a row for each episode.
 *
 * @module
 */

import type { AnswerRecord } from "../../records/answer.ts";
import { csvField } from "../../tables/csv.ts";

/**
 * Answers as CSV, with a heading. Where an answer is a record, each of its fields is a column `answer.NAME`; what is no number
 * or text stands as JSON.
 */
export function csvOf(records: readonly AnswerRecord[]): string {
  const rows = records.map(({ id, cycle, episode, instance = null, score, violation, measures, answer }) => ({
    id,
    cycle,
    episode,
    ...(instance !== null && { instance }),
    score,
    violation,
    ...measures,
    ...columnsOf(answer),
  }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row: Readonly<Record<string, unknown>>) => names.map((name) => csvField(cellOf(row[name]))));
  return [names.map((name) => csvField(name)), ...lines].map((fields) => `${fields.join(",")}\n`).join("");
}

function columnsOf(answer: unknown): Record<string, unknown> {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return { answer };
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [`answer.${name}`, value]));
}

function cellOf(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
}
