/**
 * Opens a database for reading alone, where its folder can't be written as well.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { infoOf } from "../util/files.ts";
import { StepFailed } from "../util/issue.ts";

/** How long to wait for another process, in milliseconds, as pragma. */
export const busyTimeout = "PRAGMA busy_timeout = 30000;";

/**
 * Opens a database that is read and never written.
 *
 * SQLite makes an index of the write-ahead log beside the database. Where the folder can't be written and there is no such
 * log, nothing can change the database meanwhile: then its bytes are read into memory. (SQLite's own way, `immutable`, is
 * an address, which Deno takes with all permissions alone.)
 *
 * Needs read permission for the database and its write-ahead log.
 *
 * @throws {StepFailed} If there is a write-ahead log in a folder that can't be written, and no index of it.
 */
export function openToRead(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.exec(busyTimeout);
    db.prepare("PRAGMA user_version").get();
    return db;
  } catch (error) {
    db.close();
    if ((error as { errcode?: number }).errcode !== cantOpen) throw error;
    return openCopy(path, error);
  }
}

const cantOpen = 14;

function openCopy(path: string, cause: unknown): DatabaseSync {
  const bytes = hasLog(path) ? undefined : Deno.readFileSync(path);
  // One that has come meanwhile belongs to a writer.
  if (!bytes || hasLog(path)) throw unindexed(path, cause);
  const db = new DatabaseSync(":memory:");
  // The two bytes that say that there is a write-ahead log: memory has none.
  bytes.fill(1, 18, 20);
  db.deserialize(bytes);
  db.exec("PRAGMA query_only = ON;");
  return db;
}

function hasLog(path: string): boolean {
  const log = infoOf(`${path}-wal`);
  return log !== undefined && log.size > 0;
}

function unindexed(path: string, cause: unknown): StepFailed {
  const message =
    "Cannot read the listing as its folder can't be written to, and a write-ahead log without an index lies " +
    "beside it; make the folder writable, or copy the run to where it is.";
  return new StepFailed({ code: "disk.readonly", message, path }, { cause });
}
