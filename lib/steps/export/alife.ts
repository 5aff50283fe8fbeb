/**
 * The phylogeny as the ALife data standard has it, https://alife-data-standards.github.io/alife-data-standards/phylogeny:
 * `id` is a whole number that no other row has, `ancestor_list` names ids of the same file, times are in one unit.
 *
 * @module
 */

import { queryPass, type Table } from "./table.ts";

/** All agents with their ancestors. */
export const phylogeny: Table = {
  name: "phylogeny",
  row: "an agent, alive or dead; ancestors come before their descendants",
  columns: [
    { name: "id", type: "integer", meaning: "Its number in the order of creation, from 0" },
    {
      name: "ancestor_list",
      type: "text",
      meaning: "Ids of the parents that it has something of, the one that gave its genome first; `[none]` of a founder",
    },
    { name: "origin_time", type: "integer", unit: "cycle", meaning: "Cycle in which it was created" },
    { name: "destruction_time", type: "text", unit: "cycle", meaning: "Cycle in which it died; `inf` of the living" },
    { name: "taxon_label", type: "text", meaning: "Its id in the run" },
    { name: "genome_hash", type: "text", meaning: "SHA-256 of its genome" },
    { name: "kind", type: "text", meaning: "How it came about: `init`, `birth`, `copy` or `random`" },
    { name: "status", type: "text", meaning: "`active`, `disabled` or `dead`" },
    { name: "generation", type: "integer", unit: "births", meaning: "Births between it and `init`" },
    { name: "score", type: "real", nullable: true, meaning: "Its mean score, more is better" },
  ],
};

/** Reads {@linkcode phylogeny}. */
export const phylogenyPass = queryPass(
  phylogeny,
  `SELECT ordinal AS id, '[' || coalesce((SELECT group_concat(ordinal) FROM
      (SELECT p.ordinal FROM json_each(a.parents) j JOIN agents p ON p.id = j.value ->> '$.id'
       WHERE j.key = 0 OR j.value ->> '$.share' > 0 ORDER BY j.key)), 'none') || ']' AS ancestor_list,
    born AS origin_time, coalesce(CAST(died AS TEXT), 'inf') AS destruction_time, id AS taxon_label, genome_hash, kind,
    status, generation, score
  FROM agents a ORDER BY ordinal`,
);
