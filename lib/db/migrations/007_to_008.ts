/**
 * Version 8: what an evaluation was given, so that it can be run again.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 7 to version 8: what evaluations were given before is not known any more. */
export const from7: Migration = {
  from: 7,
  tables: "a8ebe78dde78ec82f3b3dcfeb810b90a0491a30e67e95bb3accab1fa64183fd7",
  apply(db) {
    db.exec(`
      ALTER TABLE evaluations ADD COLUMN shared_inputs INTEGER;
      ALTER TABLE evaluations ADD COLUMN past_best_score REAL;
      ALTER TABLE evaluations ADD COLUMN past_best_genome TEXT;
      ALTER TABLE evaluations ADD COLUMN memory_after TEXT;
    `);
  },
};
