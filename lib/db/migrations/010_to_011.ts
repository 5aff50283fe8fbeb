/**
 * Version 11: what evaluations take of CPU and memory.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 10 to version 11: of what was evaluated before neither was measured. */
export const from10: Migration = {
  from: 10,
  tables: "951a158e55080d5ce5420701ddd3743ebce5b7ee85b7331c8d36a4de987c8afd",
  apply(db) {
    db.exec(`
      ALTER TABLE evaluations ADD COLUMN cpu_ms REAL;
      ALTER TABLE evaluations ADD COLUMN memory_bytes INTEGER;
    `);
  },
};
