/**
 * The lineage in the ALife data standard for phylogenies
 * (https://alife-data-standards.github.io/alife-data-standards/phylogeny), for tools such as phylotrackpy.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { csvField } from "../../tables/csv.ts";

const heading = "id,ancestor_list,origin_time,destruction_time,agent,kind,status,generation,score,genome_hash";

// As many agents as are read and written at once.
const chunk = 1000;

// Ancestors are the parents that the child has something of, the one that gave its genome first.
const query = `
SELECT ordinal, coalesce((SELECT group_concat(p.ordinal) FROM json_each(a.parents) j JOIN agents p ON p.id = j.value ->> '$.id'
    WHERE j.key = 0 OR j.value ->> '$.share' > 0), 'none') AS ancestors,
  born, coalesce(died, 'inf') AS died, id, kind, status, generation, score, genome_hash
FROM agents a WHERE ordinal >= ? ORDER BY ordinal LIMIT ${chunk}`;

interface AgentRow {
  readonly ordinal: number;
  readonly ancestors: string | number;
  readonly born: number;
  readonly died: string | number;
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly generation: number;
  readonly score: number | null;
  readonly genome_hash: string;
}

/** The lineage as CSV, in pieces; times are cycles, and `inf` stands for the living. */
export function* lineageCsv(listing: Listing): Generator<string> {
  yield `${heading}\n`;
  for (let from = 0;;) {
    const rows = listing.all<AgentRow>(query, from);
    if (rows.length === 0) return;
    yield rows.map(line).join("");
    from = rows.at(-1)!.ordinal + 1;
  }
}

function line(row: AgentRow): string {
  const fields = [
    row.ordinal,
    `[${row.ancestors}]`,
    row.born,
    row.died,
    row.id,
    row.kind,
    row.status,
    row.generation,
    row.score,
    row.genome_hash,
  ];
  return `${fields.map(csvField).join(",")}\n`;
}
