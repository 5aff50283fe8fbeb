/**
 * The listing: one SQLite database that holds all that a run knows of its agents, alive and dead.
 *
 * Every step writes it in transactions, so that at each instant it tells of a state from which the
 * run goes on; what lies in the agents' folders is written from it.
 *
 * @module
 */

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { infoOf } from "../util/files.ts";
import { StepFailed } from "../util/issue.ts";
import { systemErrorOf } from "../util/system_error.ts";
import { missingListing } from "./missing_listing.ts";
import { busyTimeout, openToRead } from "./read_only.ts";
import { isFormer, listingVersion, tables, versionOf } from "./schema.ts";

/**
 * How long the write-ahead log gets before it is brought into the database, in pages of 4 KiB: a page that many
 * transactions have changed is brought there once.
 */
const pagesInLog = 16_000;

/**
 * Memory that a step which writes may keep pages in, in KiB, if the listing is as large: rows lie by the agents'
 * identities, so that each transaction comes back to most pages of its cycle.
 */
const cacheKiB = 64 * 1024;

/**
 * What a row of `meta` may be called: `pool` is the hash of the present pool, `next` that of the one that `init` made
 * while a cycle was under way and that `scan` takes up with the next one; `deno` is the version that it was made with,
 * `runtime` the hashes of the runtime's modules and of what they are bundled to.
 */
export type MetaKey =
  | "seed"
  | "size"
  | "active"
  | "pool"
  | "next"
  | "template"
  | "from"
  | "draws"
  | "viable"
  | "conditions"
  | "bestsSince"
  | "deno"
  | "runtime"
  | "islands"
  | `admitted:${string}`
  | `data:${string}`;

/** A value that comes out of the database. */
export type Row = Record<string, SQLInputValue>;

/** How a listing is opened. */
export interface OpenOptions {
  readonly create?: boolean;
  readonly migrate?: (db: DatabaseSync) => void;
  readonly readOnly?: boolean;
}

/** An open listing. Call {@linkcode Listing.close} or use `using`. */
export class Listing implements Disposable {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(db: DatabaseSync) {
    this.db = db;
  }

  /**
   * Opens the listing of a run.
   *
   * Needs read and write permission for the database; to read alone, read permission for it and its write-ahead log.
   *
   * @param path Path of the database file.
   * @param options `create`: make it where it is missing, which `init` alone does. `migrate`: brings one of an earlier
   * version to the present tables, which `doctor` and `restore` alone have done, so that no other step loads how. `readOnly`: nothing is written, and the folder
   * need not be writable.
   * @throws {StepFailed} If there is no listing, or one of another version.
   */
  static open(path: string, options: OpenOptions = {}): Listing {
    if (!options.create && !infoOf(path)?.isFile) {
      throw missingListing(path);
    }
    let db: DatabaseSync | undefined;
    try {
      db = options.readOnly ? openToRead(path) : openToWrite(path);
      const version = versionOf(db);
      const empty = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get() as Row;
      if (version === 0 && empty.n === 0 && options.create) {
        db.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${listingVersion}; COMMIT;`);
      } else if (version === 0 && empty.n === 0) {
        throw missingListing(path);
      } else if (version !== listingVersion) {
        if (!options.migrate || !isFormer(version)) throw otherVersion(path, version);
        options.migrate(db);
      }
      return new Listing(db);
    } catch (error) {
      db?.close();
      if (error instanceof StepFailed) throw error;
      const issue = systemErrorOf(error) ?? {
        code: "listing.damaged",
        message: `Cannot read the listing of agents (${(error as Error).message}); ` +
          "put a backup in its place by `deno task restore FILE --force`.",
      };
      throw new StepFailed({ ...issue, path }, { cause: error });
    }
  }

  /** Whether it is a copy in memory, as nothing can be written where the listing lies. */
  get isCopy(): boolean {
    return this.db.location() === null;
  }

  /** All rows of a query; the statement is prepared once. */
  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#prepare(sql).all(...values) as T[];
  }

  /** The rows of a query one by one, for what may be large. */
  rows<T = Row>(sql: string, ...values: SQLInputValue[]): IterableIterator<T> {
    return this.db.prepare(sql).iterate(...values) as IterableIterator<T>;
  }

  /** The first row of a query, or `undefined`. */
  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#prepare(sql).get(...values) as T | undefined;
  }

  /** Runs a statement and tells how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Does all of `work` or nothing of it. Not to be nested; `work` must be synchronous. */
  transaction<T>(work: () => T): T {
    this.db.exec("BEGIN IMMEDIATE");
    try {
      const value = work();
      this.db.exec("COMMIT");
      return value;
    } catch (error) {
      // On a full or failing disk SQLite has rolled back by itself; then there is nothing to roll back any more.
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      throw error;
    }
  }

  /** A value of the run as a whole. */
  meta(key: MetaKey): string | undefined {
    return this.get<{ value: string }>("SELECT value FROM meta WHERE key = ?", key)?.value;
  }

  /** Sets a value of the run as a whole. */
  setMeta(key: MetaKey, value: string): void {
    this.run("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value);
  }

  /** Drops a value of the run as a whole. */
  dropMeta(key: MetaKey): void {
    this.run("DELETE FROM meta WHERE key = ?", key);
  }

  /** The bytes that have this SHA-256, or `undefined`. */
  blob(hash: string): Uint8Array | undefined {
    return this.get<{ bytes: Uint8Array }>("SELECT bytes FROM blobs WHERE hash = ?", hash)?.bytes;
  }

  /** Keeps bytes under their SHA-256. */
  putBlob(hash: string, kind: "genome" | "memory" | "inbox" | "evidence", bytes: Uint8Array): void {
    this.run("INSERT INTO blobs VALUES (?, ?, ?) ON CONFLICT DO NOTHING", hash, kind, bytes);
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.db.prepare(sql));
    return statement;
  }
}

function openToWrite(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec(`${busyTimeout} PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = ${pagesInLog}; PRAGMA cache_size = -${cacheKiB};`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function otherVersion(path: string, version: number): StepFailed {
  const hint = isFormer(version)
    ? "which an earlier release wrote; `deno task doctor` brings it to the present version."
    : "of a release that this one does not know; go on with the release that wrote it.";
  const message = `Cannot use the listing as its version must be ${listingVersion}: it is ${version}, ${hint}`;
  return new StepFailed({ code: "listing.version", message, path });
}
