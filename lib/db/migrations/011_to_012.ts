/**
 * Version 12: which evaluator has evaluated.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { Migration } from "./migration.ts";

/** From version 11 to version 12: of what was evaluated before that is not known; those that were dropped are so by name. */
export const from11: Migration = {
  from: 11,
  tables: "e80867bd8e09ac4ee1c5dd678c2089b83700de7fc692eefb54449f315777401c",
  apply(db) {
    db.exec(`
      ALTER TABLE evaluations ADD COLUMN evaluator INTEGER;
      CREATE TABLE evaluators (id INTEGER PRIMARY KEY, name TEXT NOT NULL, instance TEXT NOT NULL, host TEXT,
        replies INTEGER NOT NULL DEFAULT 0, verified INTEGER NOT NULL DEFAULT 0, ms REAL NOT NULL DEFAULT 0, last_at TEXT,
        dropped TEXT, UNIQUE (name, instance)) STRICT;
    `);
    const insert = db.prepare("INSERT OR IGNORE INTO evaluators (name, instance, dropped) VALUES (?, '', ?)");
    for (const { evaluator, cycle, agent, kind, at } of droppedIn(db)) {
      insert.run(String(evaluator), JSON.stringify({ cycle, agent, kind, at }));
    }
    db.exec("DELETE FROM meta WHERE key = 'droppedEvaluators'");
  },
};

const unknown = { cycle: null, agent: null, kind: null, at: null } as const;

/** What was kept of those that were dropped: names alone at first, and then when and why. */
function droppedIn(db: DatabaseSync): readonly Readonly<Record<string, unknown>>[] {
  const text = db.prepare("SELECT value FROM meta WHERE key = 'droppedEvaluators'").get()?.value;
  let kept: unknown;
  try {
    kept = JSON.parse(String(text ?? "[]"));
  } catch {
    // The listing of a backup holds what a stranger wrote.
  }
  if (!Array.isArray(kept)) return [];
  return kept.map((one) => ({ ...unknown, ...(typeof one === "string" ? { evaluator: one } : Object(one)) }));
}
