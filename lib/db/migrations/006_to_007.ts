/**
 * Version 7: objectives, how far a solution breaks what must hold, and what is told of an evaluation's actions.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 6 to version 7: what was recorded before had one score, which broke nothing. */
export const from6: Migration = {
  from: 6,
  tables: "c97d73e99a1180758c9ab9ca7b67436a8c3279db58b693076ac197f203777980",
  apply(db) {
    db.exec(`
      ALTER TABLE agents ADD COLUMN violation REAL NOT NULL DEFAULT 0;
      ALTER TABLE agents ADD COLUMN best_violation REAL NOT NULL DEFAULT 0;
      ALTER TABLE evaluations ADD COLUMN episodes TEXT;
      ALTER TABLE evaluations ADD COLUMN violation REAL NOT NULL DEFAULT 0;
      ALTER TABLE evaluations ADD COLUMN invalid INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE evaluations ADD COLUMN drew INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
