/**
 * Version 10: what hooks are still to be given.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 9 to version 10: the tables are made with the schema's, and nothing waits yet. */
export const from9: Migration = {
  from: 9,
  tables: "278a2d7f75557a1b239c3c0ec57efe2da2d17595ca7144529224c172a5161728",
  apply() {},
};
