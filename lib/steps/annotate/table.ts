/**
 * Findings as a table in Markdown, for a job's summary.
 *
 * @module
 */

import { causeOf } from "../../records/cause.ts";
import { markdownTable } from "../../tables/markdown_table.ts";
import { section } from "../../tables/section.ts";
import type { Findings } from "./findings.ts";
import { type Folders, placeOf } from "./place.ts";

const mostRows = 50;

/** A heading and a table of what failed, where, and by whose fault; empty where nothing did. */
export function findingsTable(findings: Findings, folders: Folders): string {
  const { shown, more } = findings.first(mostRows);
  if (shown.length === 0) return "";
  const note = more > 0 ? `The first ${shown.length}; the records have ${more} more.` : "";
  return markdownTable(section("failed", "What failed", note, shown, [
    ["code", "text", ({ code }) => code],
    ["cause", "text", ({ code }) => causeOf(code) ?? null],
    ["where", "text", ({ path }) => path === undefined ? null : placed(path, folders)],
    ["what", "words", ({ message }) => message],
    ["times", "count", ({ times }) => times],
  ]));
}

function placed(path: string, folders: Folders): string {
  const place = placeOf(path, folders);
  return place === undefined ? path : place.line === undefined ? place.file : `${place.file}:${place.line}`;
}
