/**
 * Means beside what theory says of them, as a table of `docs/evidence.md`.
 *
 * @module
 */

import type { Equivalence } from "../../lib/statistics/equivalence.ts";
import { markdownTable } from "../../lib/tables/markdown_table.ts";
import { type Row, section } from "../../lib/tables/section.ts";

/** What a row is of. */
export interface EquivalenceRow extends Equivalence {
  readonly runs: number;
  /** What theory says. */
  readonly value: number;
  /** The margin, as a share of that. */
  readonly problem: { readonly margin: number };
}

/** The table, its first column as given. */
export function equivalenceTable<T extends EquivalenceRow>(
  { title, note = "", first, rows }: {
    readonly title: string;
    readonly note?: string;
    readonly first: Row<T>;
    readonly rows: readonly T[];
  },
): string {
  const table = section("equivalence", title, note, rows, [
    first,
    ["runs", "count", ({ runs }) => runs],
    ["theory", "number", ({ value }) => value],
    ["mean", "number", ({ mean }) => mean],
    ["from", "number", ({ low }) => low],
    ["to", "number", ({ high }) => high],
    ["margin", "share", ({ problem }) => problem.margin],
    ["p", "number", ({ p }) => p],
    ["", "words", ({ isEqual }) => isEqual ? "equal" : "not shown"],
  ]);
  return markdownTable(table, rows.length).replace(/^##/, "###");
}
