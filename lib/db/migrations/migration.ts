/**
 * One step of the way from an earlier listing to the present one.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Brings a listing from one version to the next. */
export interface Migration {
  /** The version that it begins with. */
  readonly from: number;
  /**
   * SHA-256 of the tables of that version, as {@linkcode schemaQuery} gives them, in JSON. They are compared as a whole, since
   * a table's text can hold code, too.
   */
  readonly tables: string;
  /**
   * Changes tables and rows; called inside a transaction, with checks of values switched off. It need not care for the text
   * of the tables: what it leaves becomes the schema's when the last step is done.
   */
  readonly apply: (db: DatabaseSync) => void;
}

/** SQL for all tables and indexes of a listing. */
export const schemaQuery = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
