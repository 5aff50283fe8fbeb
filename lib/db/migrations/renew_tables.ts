/**
 * Makes the text of a migrated listing's tables that of the schema.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { tables } from "../schema.ts";

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/**
 * Makes each table whose text differs from the schema's anew and gives it the rows that it had, so that a migrated listing is
 * as one that was made today; call it inside a transaction.
 *
 * @throws {Error} If a table has not the columns of the schema: the steps before have left something out.
 */
export function renewTables(db: DatabaseSync): void {
  using model = new DatabaseSync(":memory:");
  model.exec(tables);
  const wanted = new Map(schemaOf(model).map((row) => [row.name, row]));
  for (const { type, name, sql } of schemaOf(db)) {
    if (type === "index" && wanted.get(name)?.sql !== sql) db.exec(`DROP INDEX ${name}`);
    else if (type === "table" && !wanted.has(name)) throw new Error(`the table ${name} is in no schema`);
  }
  const present = new Map(schemaOf(db).map((row) => [row.name, row]));
  for (const { type, name, sql } of wanted.values()) {
    if (type !== "table" || present.get(name)?.sql === sql) continue;
    if (present.has(name)) renew(db, name, sql, columnsOf(model, name));
    else db.exec(sql);
  }
  const indexes = new Set(schemaOf(db).map(({ name }) => name));
  for (const { name, sql } of wanted.values()) if (!indexes.has(name)) db.exec(sql);
}

function renew(db: DatabaseSync, name: string, sql: string, columns: readonly string[]): void {
  const former = columnsOf(db, name);
  if (former.toSorted().join() !== columns.toSorted().join()) {
    throw new Error(`the table ${name} has the columns ${former.join(", ")}, and must have ${columns.join(", ")}`);
  }
  const numbered = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").get(name);
  db.exec(`ALTER TABLE ${name} RENAME TO former_${name}; ${sql};
    INSERT INTO ${name} (${columns}) SELECT ${columns} FROM former_${name}; DROP TABLE former_${name};`);
  if (!numbered) return;
  // Numbers of rows that are gone are not given again: cursors count on that.
  db.prepare("DELETE FROM sqlite_sequence WHERE name = ?").run(name);
  db.prepare("INSERT INTO sqlite_sequence VALUES (?, ?)").run(name, numbered.seq!);
}

function schemaOf(db: DatabaseSync): SchemaRow[] {
  return db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .all() as unknown as SchemaRow[];
}

function columnsOf(db: DatabaseSync, table: string): string[] {
  return db.prepare(`PRAGMA table_info(${table})`).all().map(({ name }) => String(name));
}
