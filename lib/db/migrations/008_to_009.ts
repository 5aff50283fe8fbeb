/**
 * Version 9: islands, ages, an archive, and races.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { Migration } from "./migration.ts";

/** From version 8 to version 9: all agents are on one island, and as old as the population that their genes come from. */
export const from8: Migration = {
  from: 8,
  tables: "1dd26475bb767decf09ecd49738d54b27db13021249d5e13b3f37d2de95c1410",
  apply(db) {
    db.exec(`
      ALTER TABLE agents ADD COLUMN island INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE agents ADD COLUMN birth_age INTEGER NOT NULL DEFAULT 0;
    `);
    setAges(db);
  },
};

interface Born {
  readonly ordinal: number;
  readonly id: string;
  readonly kind: string;
  readonly born: number;
  readonly parents: string;
}

/** Genes of a birth were drawn when the oldest of its ancestors was made. */
function setAges(db: DatabaseSync): void {
  const drawn = new Map<string, number>();
  const rows = db.prepare("SELECT ordinal, id, kind, born, parents FROM agents ORDER BY ordinal").all();
  const update = db.prepare("UPDATE agents SET birth_age = ? WHERE ordinal = ?");
  for (const { ordinal, id, kind, born, parents } of rows as unknown as Born[]) {
    const first = kind === "init"
      ? born
      : Math.min(born, ...parentsOf(parents).map((parent) => drawn.get(parent) ?? born));
    drawn.set(id, first);
    if (first < born) update.run(born - first, ordinal);
  }
}

/** The listing of a backup holds what a stranger wrote: it is checked when it is of the present version. */
function parentsOf(text: string): string[] {
  try {
    const parents: unknown = JSON.parse(text);
    return Array.isArray(parents) ? parents.map((parent) => String(parent?.id)) : [];
  } catch {
    return [];
  }
}
