/**
 * The tables of a listing. A change of them raises the version and adds a step to `migrations/`.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Version of the tables below, kept in `pragma user_version`. */
export const listingVersion = 12;

/** The earliest version that `migrations/` begins with. */
const oldestVersion = 3;

/** The tables and their indexes. */
export const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
  ordinal INTEGER PRIMARY KEY,            -- order of creation, from 0: the order of every listing of agents
  id TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'dead')),
  code TEXT,                              -- issue code of the reason, null while active
  reason TEXT,                            -- one sentence, null while active
  disabled_cycle INTEGER,                 -- cycle in which it was disabled
  disabled_key TEXT,                      -- genome and what it reached then; another key makes it active again
  kind TEXT NOT NULL CHECK (kind IN ('init', 'birth', 'copy', 'random')),
  stage TEXT NOT NULL CHECK (stage IN ('planned', 'newborn', 'adult', 'removed')),
                                          -- planned: no folder yet; newborn: gestation is due; adult; removed: dead, no folder
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
  reach TEXT,                             -- tokens of world and gene files that the wired genome reaches, hashed
  build_key TEXT,                         -- content key of that wiring: SHA-256 of what is called, its wiring, and reach
  built_from TEXT,                        -- 'genome:reach:runtime' that was last built, well or not
  build_hash TEXT,                        -- key of all that is in its artifact: SHA-256 of build_key and runtime; null: none
  metrics TEXT,                           -- JSON, from scan
  metrics_of TEXT,                        -- hash of the genome that they are those of
  mutations INTEGER NOT NULL DEFAULT 0,   -- how often the agent changed its genome
  score REAL,                             -- mean over the episodes of scored_genome_hash
  scored_genome_hash TEXT,
  scored_reach TEXT,                      -- what that genome reached when it earned the score
  scored_under TEXT,                      -- conditions that the score was earned under
  score_cycles INTEGER NOT NULL DEFAULT 0,
  violation REAL NOT NULL DEFAULT 0,      -- mean over the same episodes: how far it breaks what must hold
  best_score REAL,
  best_violation REAL NOT NULL DEFAULT 0,
  best_genome_hash TEXT,
  best_under TEXT,                        -- 'pool:reach': the pool that its reach was last found in, and that reach
  energy REAL NOT NULL,
  crashes INTEGER NOT NULL DEFAULT 0,     -- in a row
  failed_under TEXT,                      -- circumstances of the last of them: its back-off ends with these
  backoff_until_cycle INTEGER NOT NULL DEFAULT 0, -- first cycle in which it is due again
  island INTEGER NOT NULL DEFAULT 0,
  birth_age INTEGER NOT NULL DEFAULT 0    -- cycles since the oldest of its genes was drawn, when it was born
) STRICT;
CREATE INDEX agents_status ON agents (status, ordinal);
CREATE INDEX agents_died ON agents (died) WHERE died IS NOT NULL;

CREATE TABLE cycles (
  cycle INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'judged', 'planned', 'closed')),
  statistics TEXT,                        -- JSON, the record of cycle.finished, once closed
  selection TEXT                          -- JSON: the strategy that selected, and its options
) STRICT;

CREATE TABLE evaluations (                -- one row for each evaluation of an agent: the episodes of a cycle, a gestation, or a race
  cycle INTEGER NOT NULL,
  agent TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('judged', 'gestation', 'race')),
  attempt INTEGER NOT NULL DEFAULT 1,     -- counts starts; no part of any seed
  genome_hash TEXT NOT NULL,              -- what was started
  code_hash TEXT NOT NULL,
  reach TEXT,                             -- what of the code it reached
  build_hash TEXT NOT NULL,
  conditions TEXT,                        -- conditions that its score is earned under
  inputs TEXT NOT NULL,                   -- JSON: hashes of memory, inbox and mates, addresses
  outcome TEXT,                           -- null: started, not yet ended
  message TEXT,
  limit_reached TEXT,                     -- JSON: the limit that ended it, its value and who held it, null: none
  score REAL,                             -- mean over its episodes, null without a judgement; more is better
  scores TEXT,                            -- JSON: of each episode
  measures TEXT,                          -- JSON: means of the world's measures and objectives
  episodes TEXT,                          -- JSON: measures of each episode, where the world has objectives or instances
  violation REAL NOT NULL DEFAULT 0,      -- mean over its episodes: how far what it did breaks what must hold
  invalid INTEGER NOT NULL DEFAULT 0,     -- actions that were missing or out of their space
  drew INTEGER NOT NULL DEFAULT 0,        -- 1: a gene drew a random number in an episode though the world is not noisy
  evidence_hash TEXT,
  genome_after TEXT,                      -- hash of the genome it returned, null: unchanged
  reproducible INTEGER NOT NULL DEFAULT 1,
  wall_ms REAL,                           -- null where no process was started
  cpu_ms REAL,                            -- CPU time of its processes; null: not measured
  memory_bytes INTEGER,                   -- most memory at once; null: not measured, or not more than what was there before it took
  after_event INTEGER,                    -- last event before its outcome: where it stands among them
  evaluator INTEGER,                      -- who has run it on another machine; null: it was run at home
  shared_inputs INTEGER,                  -- what it was given in common with others; null: what it was given is not kept
  past_best_score REAL,                   -- the best of the score history that it was given, null: none
  past_best_genome TEXT,                  -- the genome of that, null: the one that it was started with
  memory_after TEXT,                      -- hash of the memory that it ended with, null: empty
  PRIMARY KEY (cycle, agent, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluations_agent ON evaluations (agent, cycle);
CREATE INDEX evaluations_evidence ON evaluations (evidence_hash) WHERE evidence_hash IS NOT NULL;

CREATE TABLE shared_inputs (              -- what many evaluations were given, and what they were run by
  id INTEGER PRIMARY KEY, inputs TEXT NOT NULL UNIQUE -- JSON
) STRICT;

CREATE TABLE evaluators (                 -- processes on other machines that have evaluated for the run
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, instance TEXT NOT NULL, -- its public key, in hexadecimal digits; empty: whoever has the name
  host TEXT,                              -- its machine, as it says
  replies INTEGER NOT NULL DEFAULT 0,     -- of it that were taken
  verified INTEGER NOT NULL DEFAULT 0,    -- of these: came to the same at home
  ms REAL NOT NULL DEFAULT 0,             -- that it says they took
  last_at TEXT,                           -- when the last of them was taken, in ISO 8601
  dropped TEXT,                           -- JSON: the evaluation in which it was found to lie, and when; null: it counts
  UNIQUE (name, instance)
) STRICT;

CREATE TABLE withdrawn_replies (          -- evaluations that were run again, since what an evaluator had given counts no more
  agent TEXT NOT NULL,
  event INTEGER NOT NULL,                 -- the evaluator.dropped that it is for
  kind TEXT NOT NULL, cycle INTEGER NOT NULL,
  evaluator INTEGER NOT NULL,             -- who had given it
  PRIMARY KEY (agent, event, kind, cycle)
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (                      -- genomes, memories, inboxes and evidence by SHA-256
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

CREATE TABLE pending_files (              -- files of agents that the listing is ahead of: to be written from it
  agent TEXT NOT NULL, file TEXT NOT NULL CHECK (file IN ('genome.bin', 'memory.json', 'inbox.ndjson', 'log.ndjson')),
  PRIMARY KEY (agent, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE memories (agent TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE sources (                    -- facts of a source file by SHA-256 of path and text
  hash TEXT PRIMARY KEY, facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE builds (                     -- what one distinct content came to
  key TEXT PRIMARY KEY,                   -- build_hash that an agent of it has, or would have
  artifact TEXT,                          -- the same, null: does not build
  code TEXT, message TEXT                 -- the issue where it does not build
) STRICT, WITHOUT ROWID;

CREATE TABLE agent_builds (               -- each time that an agent was built, well or not, and why
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL, cycle INTEGER NOT NULL,
  after_event INTEGER NOT NULL,           -- last event before it: where it stands among them
  trigger TEXT NOT NULL CHECK (trigger IN ('unbuilt', 'changed', 'again', 'unsigned', 'lost')),
  built_from TEXT NOT NULL,               -- 'genome:reach:runtime'
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
  has_ranked_genome INTEGER NOT NULL,     -- 1: it has still the genome that was ranked
  fertile INTEGER NOT NULL,               -- 1: that genome may be a parent's
  elite INTEGER NOT NULL,
  drawn INTEGER, won INTEGER,             -- tournaments, null where the strategy holds none
  message TEXT,
  PRIMARY KEY (agent, cycle)
) STRICT, WITHOUT ROWID;

CREATE TABLE archive (                    -- what the last selection kept besides the population
  position INTEGER PRIMARY KEY,
  agent TEXT NOT NULL, genome_hash TEXT NOT NULL, code_hash TEXT NOT NULL,
  reach TEXT, build_hash TEXT NOT NULL,
  candidate TEXT NOT NULL                 -- JSON: what the next selection is given of it
) STRICT;

CREATE TABLE founders (                   -- the best of the initial population, best first, as its first cycle judged them
  position INTEGER PRIMARY KEY,
  agent TEXT NOT NULL, genome_hash TEXT NOT NULL, code_hash TEXT NOT NULL,
  reach TEXT, build_hash TEXT NOT NULL
) STRICT;

CREATE TABLE races (                      -- a final race; it changes no agent, and no step of a cycle reads it
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle INTEGER NOT NULL,                 -- the last closed one
  pool TEXT NOT NULL,
  worlds TEXT NOT NULL,                   -- hash of what its worlds depend on: world, environment, episodes, steps
  result TEXT                             -- JSON, the record of race.finished; null: it is under way
) STRICT;

CREATE TABLE race_entrants (              -- what is compared in a race
  race INTEGER NOT NULL, position INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('living', 'best', 'archive', 'founder')),
  agent TEXT NOT NULL, genome_hash TEXT NOT NULL, code_hash TEXT NOT NULL,
  reach TEXT, build_hash TEXT NOT NULL,
  PRIMARY KEY (race, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE race_evaluations (           -- episodes of a genome on worlds that no cycle uses, run as one evaluation
  worlds TEXT NOT NULL,                   -- 'race:' or 'test:' and the race's worlds
  build_hash TEXT NOT NULL, genome_hash TEXT NOT NULL,
  start INTEGER NOT NULL,                 -- place of the first of these worlds, from 0
  count INTEGER NOT NULL,
  outcome TEXT NOT NULL, message TEXT,
  scores TEXT,                            -- JSON: of each episode, null where it failed
  violations TEXT,                        -- JSON: of each episode, how far it breaks what must hold
  PRIMARY KEY (worlds, build_hash, genome_hash, start, count)
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
  backoff_until_ms INTEGER NOT NULL DEFAULT 0, -- since 1970
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

CREATE TABLE cursors (name TEXT PRIMARY KEY, event INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (                 -- events that a hook is still to be given
  hook TEXT NOT NULL,                     -- name of its cursor
  event INTEGER NOT NULL,
  attempts INTEGER NOT NULL,              -- that failed so far
  since_ms INTEGER NOT NULL,              -- when it was put here, in milliseconds since 1970
  due_ms INTEGER NOT NULL,                -- no attempt before that
  PRIMARY KEY (hook, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE hook_backoffs (              -- hooks that failed: none is called before its time
  hook TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,              -- in a row
  until_ms INTEGER NOT NULL               -- in milliseconds since 1970
) STRICT, WITHOUT ROWID;

CREATE TABLE step_runs (                  -- where the time went
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle INTEGER NOT NULL, step TEXT NOT NULL, wall_ms REAL NOT NULL, counts TEXT NOT NULL
) STRICT;
`;

/** Whether a listing of this version can be brought to the present one. */
export function isFormer(version: number): boolean {
  return version >= oldestVersion && version < listingVersion;
}

/** The version of a database's tables. */
export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()!.user_version);
}
