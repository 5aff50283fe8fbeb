/**
 * Brings a listing of an earlier version to the present tables, version by version.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { listingVersion, versionOf } from "../schema.ts";
import type { Migration } from "./migration.ts";
import { from3 } from "./003_to_004.ts";
import { from4 } from "./004_to_005.ts";
import { from5 } from "./005_to_006.ts";
import { from6 } from "./006_to_007.ts";
import { from7 } from "./007_to_008.ts";
import { from8 } from "./008_to_009.ts";
import { from9 } from "./009_to_010.ts";
import { from10 } from "./010_to_011.ts";
import { from11 } from "./011_to_012.ts";
import { renewTables } from "./renew_tables.ts";

/** All steps, each from the version that it is named after to the next one. What a release brought is never changed. */
export const migrations: readonly Migration[] = [from3, from4, from5, from6, from7, from8, from9, from10, from11];

/**
 * Brings a listing to the present version; each step of the way is one transaction, so a kill leaves a listing of a version
 * that the next call goes on from.
 */
export function migrate(db: DatabaseSync): void {
  db.exec("PRAGMA legacy_alter_table = ON; PRAGMA ignore_check_constraints = ON;");
  try {
    while (advance(db));
  } finally {
    db.exec("PRAGMA legacy_alter_table = OFF; PRAGMA ignore_check_constraints = OFF;");
  }
}

/** Goes one version on; returns whether there was one to go. The version is read inside: another process may be at it. */
function advance(db: DatabaseSync): boolean {
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(db);
    const next = migrations.find(({ from }) => from === version);
    next?.apply(db);
    if (next && version + 1 === listingVersion) renewTables(db);
    db.exec(`${next ? `PRAGMA user_version = ${version + 1};` : ""} COMMIT;`);
    return next !== undefined;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
