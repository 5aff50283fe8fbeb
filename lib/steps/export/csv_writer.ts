/**
 * Tables as CSV by RFC 4180: a header, lines that end in CRLF, and quotes where a field needs them.
 *
 * Null is an empty field and the empty text a quoted one. Texts are as they are, also where a spreadsheet would take them
 * for a formula: what is read from here is what the other formats say.
 *
 * @module
 */

import { needsQuotes, quoted } from "../../tables/csv.ts";
import type { Cell, Row } from "./table.ts";
import type { OpenWriter } from "./writer.ts";

const encoder = new TextEncoder();

/** Begins a table as CSV. */
export const openCsv: OpenWriter = ({ columns }, file) => {
  const write = (rows: readonly Row[]) => file.write(encoder.encode(rows.map(csvLine).join("")));
  write([columns.map(({ name }) => name)]);
  return { write, end: () => {} };
};

/** One line with its end. */
export function csvLine(row: Row): string {
  return `${row.map(csvField).join(",")}\r\n`;
}

function csvField(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : nonFinite(cell);
  if (typeof cell === "boolean") return String(cell);
  return cell === "" || needsQuotes(cell) ? quoted(cell) : cell;
}

/** As Python, R, Julia and DuckDB read it. */
function nonFinite(value: number): string {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
}
