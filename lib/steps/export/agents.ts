/**
 * Agents, and which descends from which.
 *
 * @module
 */

import { queryPass, type Table } from "./table.ts";

/** All agents, alive and dead. */
export const agents: Table = {
  name: "agents",
  row: "an agent, alive or dead, in the order of creation",
  columns: [
    { name: "ordinal", type: "integer", meaning: "Its number in the order of creation, from 0" },
    { name: "id", type: "text", meaning: "Its id" },
    { name: "status", type: "text", meaning: "`active`, `disabled` or `dead`" },
    { name: "code", type: "text", nullable: true, meaning: "Issue code of the reason; null while active" },
    { name: "reason", type: "text", nullable: true, meaning: "The same as a sentence" },
    { name: "kind", type: "text", meaning: "How it came about: `init`, `birth`, `copy` or `random`" },
    { name: "stage", type: "text", meaning: "`planned`, `newborn`, `adult` or `removed`" },
    { name: "generation", type: "integer", unit: "births", meaning: "Births between it and `init`" },
    { name: "born", type: "integer", unit: "cycle", meaning: "Cycle in which it was created" },
    { name: "died", type: "integer", nullable: true, unit: "cycle", meaning: "Cycle in which it died" },
    { name: "island", type: "integer", meaning: "Its island, from 0" },
    { name: "genome_hash", type: "text", meaning: "SHA-256 of its genome" },
    { name: "build_hash", type: "text", nullable: true, meaning: "What it is built as; null where it is not" },
    {
      name: "score",
      type: "real",
      nullable: true,
      meaning: "Mean score of `scored_genome_hash`, more is better: of an objective to be minimised the negative",
    },
    { name: "scored_genome_hash", type: "text", nullable: true, meaning: "The genome that earned the score" },
    { name: "score_cycles", type: "integer", unit: "cycles", meaning: "Cycles that the score is the mean of" },
    { name: "violation", type: "real", meaning: "How far that genome breaks what must hold, 0 if nothing does" },
    { name: "best_score", type: "real", nullable: true, meaning: "The best score that a genome of it has had" },
    { name: "energy", type: "real", unit: "energy", meaning: "Its energy" },
    { name: "mutations", type: "integer", unit: "times", meaning: "How often it has changed its genome" },
    { name: "crashes", type: "integer", unit: "evaluations", meaning: "Failures in a row" },
    { name: "birth_age", type: "integer", unit: "cycles", meaning: "Age of the oldest of its genes at its birth" },
    { name: "metrics", type: "json", nullable: true, meaning: "Metrics of its genome, as `scan` took them" },
  ],
};

/** Reads {@linkcode agents}. */
export const agentsPass = queryPass(
  agents,
  `SELECT ordinal, id, status, code, reason, kind, stage, generation, born, died, island, genome_hash, build_hash, score,
    scored_genome_hash, score_cycles, violation, best_score, energy, mutations, crashes, birth_age, metrics
  FROM agents ORDER BY ordinal`,
);

/** Parents of all agents that were born. */
export const lineage: Table = {
  name: "lineage",
  row: "a parent of an agent, the one that gave genome and artifact first",
  columns: [
    { name: "ordinal", type: "integer", meaning: "Number of the child in the order of creation" },
    { name: "id", type: "text", meaning: "Id of the child" },
    { name: "position", type: "integer", meaning: "Place among its parents, from 0" },
    { name: "parent_ordinal", type: "integer", nullable: true, meaning: "Number of the parent" },
    { name: "parent_id", type: "text", meaning: "Id of the parent" },
    { name: "parent_genome_hash", type: "text", meaning: "SHA-256 of the genome that the parent gave" },
    {
      name: "share",
      type: "real",
      nullable: true,
      unit: "0 to 1",
      meaning: "Share of the child's loci that have this parent's allele; null where that can't be told",
    },
  ],
};

/** Reads {@linkcode lineage}. */
export const lineagePass = queryPass(
  lineage,
  `SELECT a.ordinal, a.id, j.key AS position, p.ordinal AS parent_ordinal, j.value ->> '$.id' AS parent_id,
    j.value ->> '$.genomeHash' AS parent_genome_hash, CAST(j.value ->> '$.share' AS REAL) AS share
  FROM agents a CROSS JOIN json_each(a.parents) j LEFT JOIN agents p ON p.id = j.value ->> '$.id'
  ORDER BY a.ordinal, j.key`,
);
