/**
 * Makes the tables of columns in `docs/export.md` anew; what stands around them is written by hand.
 *
 * `deno run -A tests/steps/export/page.ts && deno fmt docs/export.md`
 *
 * @module
 */

import { projectRoot } from "../../../lib/run/paths.ts";
import type { Table } from "../../../lib/steps/export/table.ts";
import { tablesOf } from "../../../lib/steps/export/tables.ts";

/** The tables of all formats. */
export const documented: readonly Table[] = [...tablesOf("parquet"), ...tablesOf("alife")];

/** The rows of a table on the page. */
export function rowsOf({ columns }: Table): string[][] {
  return columns.map(({ name, type, nullable, unit = "", meaning }) => [
    `\`${name}\``,
    nullable ? `${type}, or null` : type,
    unit,
    meaning,
  ]);
}

/** What stands between the two marks on the page. */
export function sections(): string {
  return documented.map((table) => {
    const rows = [["column", "type", "unit", "meaning"], ["-", "-", "-", "-"], ...rowsOf(table)];
    const lines = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
    return `### ${table.name}\n\nA row is ${table.row}.\n\n${lines}\n`;
  }).join("\n");
}

if (import.meta.main) {
  const path = `${projectRoot}/docs/export.md`;
  const page = await Deno.readTextFile(path);
  const marks = /(<!-- tables -->\n).*(<!-- end -->)/s;
  await Deno.writeTextFile(path, page.replace(marks, (_, begin, end) => `${begin}\n${sections()}\n${end}`));
}
