/**
 * Tables as NDJSON: an object a line with all columns, in their order.
 *
 * JSON values stand as themselves, not as texts. A number that is not finite, which JSON has no way to write, is null.
 *
 * @module
 */

import type { Row, Table } from "./table.ts";
import type { OpenWriter } from "./writer.ts";

const encoder = new TextEncoder();

/** Begins a table as NDJSON. */
export const openNdjson: OpenWriter = ({ columns }, file) => ({
  write: (rows) => file.write(encoder.encode(rows.map((row) => ndjsonLine(columns, row)).join(""))),
  end: () => {},
});

/** One line with its end. */
export function ndjsonLine(columns: Table["columns"], row: Row): string {
  const entries = columns.map(({ name, type }, at) => {
    const cell = row[at]!;
    return [name, type === "json" && typeof cell === "string" ? JSON.parse(cell) : cell];
  });
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}
