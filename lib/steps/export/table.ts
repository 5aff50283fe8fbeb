/**
 * What an export is made of: tables with typed columns, and the passes over the listing that fill them.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Expression } from "../../genome/expression.ts";

/** A column: what its values are, in all formats alike. */
export interface Column {
  /** In snake case; never `at`, which the writer of Parquet can't have. */
  readonly name: string;
  /** `time` is a time of day in ISO 8601, `json` the text of a JSON value. */
  readonly type: "integer" | "real" | "boolean" | "text" | "time" | "json";
  /** Whether it may be null. @default false */
  readonly nullable?: true;
  /** What a number counts or measures, such as `cycles` or `ms`; absent where its meaning says it. */
  readonly unit?: string;
  /** One sentence without its full stop. */
  readonly meaning: string;
}

/** A value of a row: of `time` and `json` the text. */
export type Cell = number | string | boolean | null;

/** The values of a row in the order of the columns. */
export type Row = readonly Cell[];

/** A table: one file of an export. */
export interface Table {
  /** Name of its file, without the ending. */
  readonly name: string;
  /** What a row is. */
  readonly row: string;
  readonly columns: readonly Column[];
}

/** What tables are read from, within one snapshot. */
export interface Source {
  readonly listing: Listing;
  /** Reads genomes against the present pool. */
  readonly expression: Expression;
}

/** One way through the listing, which may fill several tables. */
export interface Pass {
  readonly tables: readonly Table[];
  /** The rows of all of them; those of each in its order. Holds one row of the listing at a time. */
  rows(source: Source): Iterable<readonly [Table, Row]>;
}

/** A pass that is one query, whose columns are named as those of the table. */
export function queryPass(table: Table, sql: string): Pass {
  const read = table.columns.map(({ name, type }) => ({ name, isSwitch: type === "boolean" }));
  return {
    tables: [table],
    *rows({ listing }) {
      for (const row of listing.rows<Record<string, number | string | null>>(sql)) {
        yield [table, read.map(({ name, isSwitch }) => isSwitch ? row[name] === 1 : row[name]!)];
      }
    },
  };
}
