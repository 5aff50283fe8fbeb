/**
 * A titled table, as Markdown, the terminal and the page show it alike.
 *
 * @module
 */

import type { Cell, ColumnKind } from "./show.ts";

/** One column of a table. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A titled table. */
export interface Section {
  /** Stable, for links and charts. */
  readonly id: string;
  readonly title: string;
  /** What the numbers mean, for a person. */
  readonly note: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What a column shows of an item. */
export type Row<T> = readonly [name: string, kind: ColumnKind, value: (item: T) => Cell];

/** A table with a row for each item. */
export function section<T>(
  id: string,
  title: string,
  note: string,
  items: readonly T[],
  columns: readonly Row<T>[],
): Section {
  return {
    id,
    title,
    note,
    columns: columns.map(([name, kind]) => ({ name, kind })),
    rows: items.map((item) => columns.map(([, , value]) => value(item))),
  };
}
