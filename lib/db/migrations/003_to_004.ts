/**
 * Version 4: conditions and circumstances of scores and failures.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 3 to version 4. */
export const from3: Migration = {
  from: 3,
  tables: "4a114fbf5cbb2502ebb25e7a8e75e5c2cd54b84c9b726b0c6e0abfe5da8e535e",
  apply(db) {
    db.exec(`
      ALTER TABLE agents ADD COLUMN scored_under TEXT;
      ALTER TABLE agents ADD COLUMN failed_under TEXT;
      ALTER TABLE episodes ADD COLUMN conditions TEXT;
    `);
  },
};
