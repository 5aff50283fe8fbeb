/**
 * Version 5: what belonged to the whole pool belongs to what a genome reaches of it.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/**
 * From version 4 to version 5.
 *
 * What each genome reaches is entered by `sync-wiring`. Until then a disabled agent that was still what it was disabled as is
 * known by its genome alone, and failures keep their back-off; a score that was earned by other code than the agent's is
 * no genome's any more.
 */
export const from4: Migration = {
  from: 4,
  tables: "2db7c56bb3778f641726b0d8f33858a7eda4b3061bd9b8c3a47006823eddf881",
  apply(db) {
    db.exec(`
      ALTER TABLE agents ADD COLUMN reach TEXT;
      ALTER TABLE agents ADD COLUMN scored_reach TEXT;
      ALTER TABLE agents ADD COLUMN best_under TEXT;
      ALTER TABLE episodes ADD COLUMN reach TEXT;
      DROP TABLE discarded;
      UPDATE agents SET failed_under = NULL;
      UPDATE agents SET disabled_key = genome_hash || ':' WHERE disabled_key =
        genome_hash || ':' || code_hash || ':' || (SELECT value FROM meta WHERE key = 'pool');
      UPDATE agents SET best_under = (SELECT value FROM meta WHERE key = 'pool') || ':'
        WHERE best_genome_hash IS NOT NULL;
      UPDATE agents SET scored_genome_hash = NULL WHERE code_hash <> (SELECT code_hash FROM episodes
        WHERE agent = agents.id AND kind = 'judged' AND score IS NOT NULL ORDER BY cycle DESC LIMIT 1);
    `);
  },
};
