/**
 * What goes in a compaction.
 *
 * @module
 */

import { lastReceived } from "./cursors.ts";
import { forgottenInputs } from "./blobs.ts";
import { lastCompacted, type Span } from "./cycle_reports.ts";
import { keepFounders } from "./founders.ts";
import type { Listing } from "./listing.ts";
import { historyLength } from "./score_history.ts";

/** Agents that died in the span: nothing has needed their evaluations since. */
const gone = "(SELECT id FROM agents WHERE died > ?1 AND died <= ?2)";

/** Agents whose history is kept. */
const isKept = "(died IS NULL OR died > ?2)";

/** Of these artifacts what is known of those that no living agent is, or would hand on with the genome that its result is of. */
const buildsAmong = (theirs: string) =>
  `WITH theirs (hash) AS MATERIALIZED (${theirs})
  DELETE FROM builds WHERE artifact IN theirs
    AND artifact NOT IN (SELECT build_hash FROM agents WHERE status <> 'dead' AND build_hash IS NOT NULL)
    AND artifact NOT IN (SELECT e.build_hash FROM agents a JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged'
      AND e.cycle = (SELECT max(cycle) FROM evaluations WHERE agent = a.id AND kind = 'judged' AND score IS NOT NULL)
      WHERE a.status <> 'dead')
    AND artifact NOT IN (SELECT build_hash FROM archive)`;

/** What they were built as. */
const builds = buildsAmong(`SELECT build_hash FROM agents WHERE died > ?1 AND died <= ?2
    UNION SELECT build_hash FROM evaluations WHERE agent IN ${gone}
    UNION SELECT artifact FROM agent_builds WHERE agent IN ${gone}`);

/** Of an artifact that no agent is built as there is nothing to prove. */
const provedInVain =
  "DELETE FROM statements WHERE length(genome) = 64 AND artifact NOT IN (SELECT artifact FROM builds WHERE artifact IS NOT NULL)";

/**
 * Of these genomes those that no agent whose history is kept has, runs with, was at its best with or was born of; nor are
 * they of the archive, of the founders, or in a race.
 */
const genomesAmong = (theirs: string) =>
  `WITH theirs (hash) AS MATERIALIZED (${theirs})
  DELETE FROM blobs WHERE kind = 'genome' AND hash IN theirs AND hash NOT IN (
    SELECT genome_hash FROM agents WHERE ${isKept} AND genome_hash IN theirs
    UNION SELECT best_genome_hash FROM agents WHERE ${isKept} AND best_genome_hash IN theirs
    UNION SELECT scored_genome_hash FROM agents WHERE ${isKept} AND scored_genome_hash IN theirs
    UNION SELECT one.value ->> '$.genomeHash' FROM agents, json_each(parents) AS one
      WHERE ${isKept} AND one.value ->> '$.genomeHash' IN theirs
    UNION SELECT genome_hash FROM evaluations WHERE agent NOT IN ${gone} AND genome_hash IN theirs
    UNION SELECT genome_after FROM evaluations WHERE agent NOT IN ${gone} AND genome_after IN theirs
    UNION SELECT past_best_genome FROM evaluations WHERE cycle > ?2 AND past_best_genome IN theirs
    UNION SELECT body FROM inboxes WHERE kind = 'mate'
    UNION SELECT hash FROM memories
    UNION SELECT evidence_hash FROM evaluations WHERE evidence_hash IN theirs
    UNION SELECT genome_hash FROM archive UNION SELECT genome_hash FROM founders
    UNION SELECT genome_hash FROM race_entrants)`;

/** Genomes that they had, or ran with. */
const genomes = genomesAmong(`SELECT genome_hash FROM agents WHERE died > ?1 AND died <= ?2
    UNION SELECT best_genome_hash FROM agents WHERE died > ?1 AND died <= ?2
    UNION SELECT genome_hash FROM evaluations WHERE agent IN ${gone}
    UNION SELECT genome_after FROM evaluations WHERE agent IN ${gone}
    UNION SELECT past_best_genome FROM evaluations WHERE agent IN ${gone}`);

/** Hashes of what evaluations were given that are kept so that they can be run again. */
const given = (what: "inbox" | "memory") =>
  `(SELECT inputs ->> '$.${what}' FROM evaluations WHERE cycle > ?2 AND shared_inputs IS NOT NULL
      AND inputs ->> '$.${what}' IS NOT NULL)`;

/** Events that a hook is still to be given. */
const waiting = "(SELECT event FROM deliveries)";

/**
 * In this order: what names something goes after what it names.
 *
 * Bytes are shared by all that have the same: they go when nothing names them any more. Equal evidence and memory are
 * one blob, whatever its kind says.
 */
const statements = [
  builds,
  provedInVain,
  `DELETE FROM blobs WHERE kind = 'memory'
    AND hash IN (SELECT inputs ->> '$.memory' FROM evaluations WHERE cycle <= ?2
      UNION SELECT hash FROM memories WHERE agent IN ${gone})
    AND hash NOT IN (SELECT hash FROM memories WHERE agent NOT IN ${gone})
    AND hash NOT IN ${given("memory")}
    AND NOT EXISTS (SELECT 1 FROM evaluations WHERE evidence_hash = blobs.hash)`,
  `DELETE FROM blobs WHERE kind = 'inbox'
    AND hash IN (SELECT inputs ->> '$.inbox' FROM evaluations WHERE cycle <= ?2)
    AND hash NOT IN ${given("inbox")}`,
  `DELETE FROM blobs WHERE kind = 'evidence'
    AND hash IN (SELECT evidence_hash FROM evaluations WHERE cycle <= ?2 AND evidence_hash IS NOT NULL)
    AND hash NOT IN (SELECT hash FROM memories) AND hash NOT IN ${given("memory")}
    AND NOT EXISTS (SELECT 1 FROM evaluations WHERE evidence_hash = blobs.hash AND cycle > ?2)`,
  genomes,
  `UPDATE evaluations SET evidence_hash = NULL, ${forgottenInputs} WHERE cycle <= ?2 AND evidence_hash IS NOT NULL`,
  "DELETE FROM shared_inputs WHERE id NOT IN (SELECT shared_inputs FROM evaluations WHERE shared_inputs IS NOT NULL)",
  `DELETE FROM evaluations WHERE agent IN ${gone}`,
  // What is alive, and what is run again of the cycles that are kept, is given its last results; what failed stands in its log.
  `DELETE FROM evaluations AS e WHERE cycle <= ?2 AND kind = 'judged' AND outcome = 'finished' AND ${historyLength} <=
    (SELECT count(*) FROM (SELECT 1 FROM evaluations WHERE agent = e.agent AND cycle > e.cycle AND cycle <= ?2 AND kind = 'judged'
      AND score IS NOT NULL LIMIT ${historyLength}))`,
  "DELETE FROM evaluations WHERE cycle <= ?2 AND kind = 'race' AND outcome = 'finished'",
  `DELETE FROM withdrawn_replies WHERE cycle <= ?2 OR agent IN ${gone}`,
  "DELETE FROM outbox WHERE cycle <= ?2 AND state <> 'waiting'",
  "DELETE FROM ranks WHERE cycle <= ?2",
  `DELETE FROM agent_builds WHERE agent IN ${gone}`,
  `DELETE FROM inboxes WHERE agent IN ${gone}`,
  `DELETE FROM memories WHERE agent IN ${gone}`,
  // How the dead were born and died is still to be explained; what a receiver is still to be given waits for the next time.
  `DELETE FROM events WHERE cycle <= ?2 AND id <= ${lastReceived} AND id NOT IN ${waiting}
    AND type NOT IN ('agent.created', 'agent.born', 'agent.died')
    AND (agent IS NULL OR agent IN (SELECT id FROM agents WHERE died <= ?2))`,
  // An agent's row names its parents.
  `UPDATE events SET data = json_remove(data, '$.parents') WHERE type = 'agent.born' AND agent IN ${gone}
    AND id <= ${lastReceived} AND id NOT IN ${waiting}`,
  `UPDATE agents SET stamp = NULL, wired_from = NULL, wired_stamp = NULL, build_key = NULL, built_from = NULL,
    metrics = NULL, metrics_of = NULL, best_genome_hash = NULL, best_under = NULL
    WHERE died > ?1 AND died <= ?2`,
];

/**
 * Forgets what happened in cycles and to the agents that died in them; call it inside a transaction.
 *
 * Goes: evaluations, mail, builds and most events of the dead; of those alive
 * their evidence with what they were given for it, their ranks, and the judged evaluations beyond the score history of
 * those that are kept. Stays: each agent's row, and the genomes
 * of those whose history is kept and of their parents.
 */
export function forgetOld(listing: Listing, { from, to }: Span): void {
  if (from === 0) keepFounders(listing);
  for (const sql of statements) {
    // A statement is given the parameters that it names.
    const values = sql.includes("?1") ? [from, to] : sql.includes("?2") ? [null, to] : [];
    listing.run(sql, ...values);
  }
}

/** A genome that was named, what it ran as, and the agent that had it. */
export interface NamedGenome {
  readonly agent: string;
  readonly genomeHash: string;
  readonly buildHash: string;
}

const unnamedGenomes = genomesAmong("SELECT value FROM json_each(?3)");
const unnamedBuilds = buildsAmong("SELECT value FROM json_each(?1)");

/**
 * Forgets genomes that something has ceased to name, and what is known of their artifacts, where their agents were forgotten
 * by a compaction; call it inside a transaction.
 */
export function forgetUnnamed(listing: Listing, named: readonly NamedGenome[]): void {
  const last = lastCompacted(listing);
  const isForgotten = ({ agent }: NamedGenome) =>
    listing.get("SELECT 1 FROM agents WHERE id = ? AND died <= ?", agent, last);
  const forgotten = named.filter(isForgotten);
  if (forgotten.length === 0) return;
  listing.run(unnamedBuilds, JSON.stringify(forgotten.map(({ buildHash }) => buildHash)));
  listing.run(provedInVain);
  listing.run(unnamedGenomes, -1, last, JSON.stringify(forgotten.map(({ genomeHash }) => genomeHash)));
}
