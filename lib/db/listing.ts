/**
 * The listing: one SQLite database that holds all that a run knows of its agents, living and dead.
 *
 * Every step writes it in transactions, so that at each instant it tells of a state from which the
 * run goes on; what lies in the agents' folders is written from it.
 *
 * @module
 */

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { StepFailed } from "../util/issue.ts";
import { troubleOf } from "../util/system_error.ts";
import { missingListing } from "./missing_listing.ts";

/**
 * How long the write-ahead log gets before it is brought into the database, in pages of 4 KiB: a page that many
 * transactions have changed is brought there once.
 */
const pagesInLog = 5000;

/** Version of the tables below, kept in `pragma user_version`. */
export const listingVersion = 4;

const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
  ordinal INTEGER PRIMARY KEY,            -- order of creation, from 0: the order of every listing of agents
  id TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'dead')),
  code TEXT,                              -- issue code of the reason, null while active
  reason TEXT,                            -- one sentence, null while active
  disabled_cycle INTEGER,                 -- cycle in which it was disabled
  disabled_key TEXT,                      -- genome, code and pool then; another key makes it active again
  kind TEXT NOT NULL CHECK (kind IN ('init', 'birth', 'copy')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'unborn', 'grown', 'gone')),
                                          -- planned: no folder yet; unborn: gestation is due; grown; gone: folder removed
  generation INTEGER NOT NULL,
  born INTEGER NOT NULL,                  -- cycle; it takes part from the next one on
  died INTEGER,
  parents TEXT NOT NULL DEFAULT '[]',     -- JSON: [{ id, genomeHash, share }], the first gave genome and artifact
  genome_hash TEXT NOT NULL,              -- SHA-256 of genome.bin, as last scanned or stored
  code_hash TEXT NOT NULL,                -- of the tokens of all gene files and world.ts
  genome_ok INTEGER NOT NULL DEFAULT 0,   -- 1: decoded and found valid against the present pool
  stamp TEXT,                             -- sizes and times of all files when last scanned; null: look again
  wired_from TEXT,                        -- 'genome:code:runtime' that the wiring on disk was made from
  wired_stamp TEXT,                       -- sizes and times of the wiring files when written
  build_key TEXT,                         -- content key of that wiring: SHA-256 of mod.ts, code and runtime
  built_from TEXT,                        -- 'genome:code:runtime' that was last built, well or not
  build_hash TEXT,                        -- SHA-256 of the artifact, null: none
  metrics TEXT,                           -- JSON, from scan
  metrics_of TEXT,                        -- hash of the genome that they are those of
  mutations INTEGER NOT NULL DEFAULT 0,   -- how often the agent changed its genome
  score REAL,                             -- mean over the episodes of scored_genome_hash
  scored_genome_hash TEXT,
  scored_under TEXT,                      -- conditions that the score was earned under
  score_cycles INTEGER NOT NULL DEFAULT 0,
  best_score REAL,
  best_genome_hash TEXT,
  energy REAL NOT NULL,
  crashes INTEGER NOT NULL DEFAULT 0,     -- in a row
  failed_under TEXT,                      -- circumstances of the last of them: its back-off ends with these
  resting_until INTEGER NOT NULL DEFAULT 0 -- first cycle in which it is due again
) STRICT;
CREATE INDEX agents_status ON agents (status, ordinal);
CREATE INDEX agents_died ON agents (died) WHERE died IS NOT NULL;

CREATE TABLE cycles (
  cycle INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'judged', 'planned', 'closed')),
  statistics TEXT,                        -- JSON, the record of cycle.finished, once closed
  selection TEXT                          -- JSON: the strategy that selected, and its options
) STRICT;

CREATE TABLE episodes (                   -- one row for each life of an agent: the episodes of a cycle, or a gestation
  cycle INTEGER NOT NULL,
  agent TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('judged', 'gestation')),
  attempt INTEGER NOT NULL DEFAULT 1,     -- counts starts; no part of any seed
  genome_hash TEXT NOT NULL,              -- what was started
  code_hash TEXT NOT NULL,
  build_hash TEXT NOT NULL,
  conditions TEXT,                        -- conditions that its score is earned under
  inputs TEXT NOT NULL,                   -- JSON: hashes of memory, inbox and mates, addresses
  outcome TEXT,                           -- null: started, not yet ended
  message TEXT,
  reached TEXT,                           -- JSON: the limit that ended it, its value and who held it, null: none
  score REAL,                             -- mean over its episodes, null without a judgement
  scores TEXT,                            -- JSON: of each episode
  measures TEXT,                          -- JSON: means of the world's measures
  evidence_hash TEXT,
  genome_after TEXT,                      -- hash of the genome it returned, null: unchanged
  reproducible INTEGER NOT NULL DEFAULT 1,
  wall_ms REAL,                           -- null where no process was started
  after_event INTEGER,                    -- last event before its outcome: where it stands among them
  PRIMARY KEY (cycle, agent, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX episodes_agent ON episodes (agent, cycle);
CREATE INDEX episodes_evidence ON episodes (evidence_hash) WHERE evidence_hash IS NOT NULL;

CREATE TABLE blobs (                      -- genomes, memories and evidence by SHA-256
  hash TEXT PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL
) STRICT;

CREATE TABLE inboxes (                    -- what lies in an agent's inbox: mail of agents, or mates' genomes
  agent TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('mail', 'mate')),
  sender TEXT NOT NULL, body TEXT NOT NULL, -- mail: JSON numbers; mate: hash of the genome
  PRIMARY KEY (agent, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (                     -- mail written in a cycle, delivered when its episodes are complete
  cycle INTEGER NOT NULL, sender TEXT NOT NULL, line INTEGER NOT NULL,
  recipient TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dropped')),
  PRIMARY KEY (cycle, sender, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE unwritten (                  -- files of agents that the listing is ahead of: to be written from it
  agent TEXT NOT NULL, file TEXT NOT NULL CHECK (file IN ('genome.bin', 'memory.json', 'inbox.ndjson', 'log.ndjson')),
  PRIMARY KEY (agent, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE memories (agent TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE sources (                    -- facts of a source file by SHA-256 of path and text
  hash TEXT PRIMARY KEY, facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE builds (                     -- what one distinct content came to
  key TEXT PRIMARY KEY,                   -- build_key
  artifact TEXT,                          -- SHA-256 of the artifact in the store, null: does not build
  code TEXT, message TEXT                 -- the issue where it does not build
) STRICT, WITHOUT ROWID;

CREATE TABLE agent_builds (               -- each time that an agent was built, well or not, and why
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL, cycle INTEGER NOT NULL,
  after_event INTEGER NOT NULL,           -- last event before it: where it stands among them
  why TEXT NOT NULL CHECK (why IN ('unbuilt', 'changed', 'again', 'unsigned', 'lost')),
  built_from TEXT NOT NULL,               -- 'genome:code:runtime'
  artifact TEXT,                          -- null: refused
  code TEXT, message TEXT                 -- the issue where it was refused
) STRICT;
CREATE INDEX agent_builds_agent ON agent_builds (agent);

CREATE TABLE ranks (                      -- how an agent came off in the selection of a cycle
  agent TEXT NOT NULL, cycle INTEGER NOT NULL,
  after_event INTEGER NOT NULL,           -- last event before it: where it stands among them
  place INTEGER,                          -- from 1, null: unranked, for what message says
  ranked INTEGER NOT NULL,                -- of so many
  score REAL, fitness REAL,
  holds INTEGER NOT NULL,                 -- 1: it has still the genome that was ranked
  fertile INTEGER NOT NULL,               -- 1: that genome may be a parent's
  elite INTEGER NOT NULL,
  drawn INTEGER, won INTEGER,             -- tournaments, null where the strategy holds none
  message TEXT,
  PRIMARY KEY (agent, cycle)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (                 -- signed: this genome may run as this artifact
  artifact TEXT NOT NULL, genome TEXT NOT NULL, runtime TEXT NOT NULL, world TEXT NOT NULL, policy TEXT NOT NULL,
  signature TEXT NOT NULL,                -- base64, over the five joined by line feeds
  PRIMARY KEY (artifact, genome)
) STRICT, WITHOUT ROWID;

CREATE TABLE residents (                  -- the process of each agent that has one, or is to have one again
  agent TEXT PRIMARY KEY,
  nonce TEXT,                             -- of its start, which is recorded before it happens; null: there is no process
  pid INTEGER,                            -- null until it has answered
  ticks TEXT, boot TEXT,                  -- when the kernel started it, and which start of the machine that counts from
  started_at TEXT,                        -- time of day in ISO 8601
  runs TEXT,                              -- what it runs: artifact and conditions
  restarts INTEGER NOT NULL DEFAULT 0,    -- after ends that nobody asked for
  streak INTEGER NOT NULL DEFAULT 0,      -- ends in a row, without health in between
  ends TEXT NOT NULL DEFAULT '[]',        -- JSON: times of the last ends, in milliseconds since 1970
  resting_until INTEGER NOT NULL DEFAULT 0, -- milliseconds since 1970
  cpu_seconds REAL, memory_bytes INTEGER, -- what its process took when it was last looked at
  sampled_at TEXT                         -- when that was, in ISO 8601; before started_at: of an earlier process
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle INTEGER NOT NULL, type TEXT NOT NULL, agent TEXT, data TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX events_agent ON events (agent) WHERE agent IS NOT NULL;

CREATE TABLE cycle_reports (              -- what reports say of a cycle that was compacted
  cycle INTEGER PRIMARY KEY, report TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE discarded (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; -- artifacts that build is to remove

CREATE TABLE cursors (name TEXT PRIMARY KEY, event INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE runs_of_steps (              -- where the time went
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle INTEGER NOT NULL, step TEXT NOT NULL, wall_ms REAL NOT NULL, counts TEXT NOT NULL
) STRICT;
`;

/**
 * What a row of `meta` may be called: `pool` is the hash of the present pool, `next` that of the one that `init` made
 * while a cycle was under way and that `scan` takes up with the next one; `deno` is the version that it was made with.
 */
export type MetaKey =
  | "seed"
  | "size"
  | "active"
  | "pool"
  | "next"
  | "template"
  | "draws"
  | "viable"
  | "conditions"
  | "deno"
  | `admitted:${string}`;

/** A value that comes out of the database. */
export type Row = Record<string, SQLInputValue>;

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
   * Needs read and write permission for the database, even to read: SQLite keeps its write-ahead log beside it.
   *
   * @param path Path of the database file.
   * @param options `create`: make it where it is missing, which `init` alone does.
   * @throws {StepFailed} If there is no listing, or one of another version.
   */
  static open(path: string, options: { readonly create?: boolean } = {}): Listing {
    if (!options.create && !exists(path)) {
      throw missingListing(path);
    }
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(path);
      db.exec(`PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = ${pagesInLog};`);
      const version = Number((db.prepare("PRAGMA user_version").get() as Row).user_version);
      const empty = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get() as Row;
      if (version === 0 && empty.n === 0 && options.create) {
        db.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${listingVersion}; COMMIT;`);
      } else if (version === 0 && empty.n === 0) {
        throw missingListing(path);
      } else if (version === 3) {
        migrate(db);
      } else if (version !== listingVersion) {
        throw new StepFailed({
          code: "listing.version",
          message: `Cannot use the listing as its version must be ${listingVersion}: it is ${version}.`,
          path,
        });
      }
      return new Listing(db);
    } catch (error) {
      db?.close();
      if (error instanceof StepFailed) throw error;
      const issue = troubleOf(error) ?? {
        code: "listing.damaged",
        message: `Cannot read the listing of agents (${(error as Error).message}); ` +
          "put a backup in its place by `deno task restore FILE --force`.",
      };
      throw new StepFailed({ ...issue, path }, { cause: error });
    }
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

  /** The bytes that have this SHA-256, or `undefined`. */
  blob(hash: string): Uint8Array | undefined {
    return this.get<{ bytes: Uint8Array }>("SELECT bytes FROM blobs WHERE hash = ?", hash)?.bytes;
  }

  /** Keeps bytes under their SHA-256. */
  putBlob(hash: string, kind: "genome" | "memory" | "evidence", bytes: Uint8Array): void {
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

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/**
 * Brings a listing of an earlier version to the present tables in one transaction: each table that differs is made anew and
 * given what the earlier one held, so that it is as one that was made today.
 */
function migrate(db: DatabaseSync): void {
  db.exec("PRAGMA legacy_alter_table = ON; BEGIN IMMEDIATE;");
  try {
    const { user_version } = db.prepare("PRAGMA user_version").get() as Row;
    // Another step may have done it meanwhile.
    if (user_version !== listingVersion) renewTables(db);
    db.exec(`PRAGMA user_version = ${listingVersion}; COMMIT;`);
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  } finally {
    db.exec("PRAGMA legacy_alter_table = OFF;");
  }
}

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

function renewTables(db: DatabaseSync): void {
  using model = new DatabaseSync(":memory:");
  model.exec(tables);
  const rows = (of: DatabaseSync) =>
    of.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
      .all() as unknown as SchemaRow[];
  const columns = (of: DatabaseSync, table: string) =>
    of.prepare(`PRAGMA table_info(${table})`).all().map((row) => String(row.name));
  const former = new Map(rows(db).map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of rows(model).filter(({ type }) => type === "table")) {
    if (former.get(name) === sql) continue;
    const kept = columns(db, name).filter((column) => columns(model, name).includes(column)).join(", ");
    if (former.has(name)) db.exec(`ALTER TABLE ${name} RENAME TO former_${name}`);
    db.exec(sql!);
    if (former.has(name)) {
      db.exec(`INSERT INTO ${name} (${kept}) SELECT ${kept} FROM former_${name}; DROP TABLE former_${name};`);
    }
  }
  const present = new Set(rows(db).map(({ name }) => name));
  for (const { name, sql } of rows(model)) if (!present.has(name)) db.exec(sql!);
}
