/**
 * What births did to genomes: how often an operator really changed something.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import type { Expressed, Expression } from "./expression.ts";

/** What gestations came to. */
export interface ChangeReport {
  /** Gestations that finished. */
  readonly finished: number;
  /** Those to which genomes of other parents were given. */
  readonly mated: number;
  /** The child has its first parent's genome. */
  readonly unchanged: number;
  /** Something differs from the first parent and is as in another parent. */
  readonly recombined: number;
  /** Something is as in none of the parents. */
  readonly mutated: number;
  /** A switch of a file or a gene differs from the first parent. */
  readonly switches: number;
  /** A parameter differs from the first parent. */
  readonly parameters: number;
}

/** No gestations. */
export const noChanges: ChangeReport = {
  finished: 0,
  mated: 0,
  unchanged: 0,
  recombined: 0,
  mutated: 0,
  switches: 0,
  parameters: 0,
};

interface GestationRow {
  readonly child: string;
  readonly first: string;
  readonly mates: string;
}

/** Compares the children of a cycle's gestations with their parents. */
export function readChanges(listing: Listing, cycle: number, expression: Expression): ChangeReport {
  const sum = { ...noChanges };
  const genome = (hash: string) => expression.of(hash, () => listing.blob(hash));
  const rows = listing.rows<GestationRow>(
    `SELECT coalesce(e.genome_after, e.genome_hash) AS child, e.genome_hash AS first,
       (SELECT json_group_array(p.value ->> '$.genomeHash') FROM json_each(a.parents) p WHERE p.key > 0) AS mates
     FROM episodes e JOIN agents a ON a.id = e.agent
     WHERE e.cycle = ? AND e.kind = 'gestation' AND e.outcome = 'finished'`,
    cycle,
  );
  for (const row of rows) {
    const mates = JSON.parse(row.mates) as string[];
    sum.finished++;
    if (mates.length > 0) sum.mated++;
    if (row.child === row.first) {
      sum.unchanged++;
      continue;
    }
    const child = genome(row.child), first = genome(row.first);
    if (!child || !first) continue;
    const found = compare(child, first, mates.map(genome).filter((mate) => mate !== undefined));
    for (const name of Object.keys(found) as (keyof typeof found)[]) if (found[name]) sum[name]++;
  }
  return sum;
}

/** Adds what several cycles came to. */
export function sumChanges(reports: Iterable<ChangeReport>): ChangeReport {
  const sum: Record<keyof ChangeReport, number> = { ...noChanges };
  for (const report of reports) {
    for (const name of Object.keys(noChanges) as (keyof ChangeReport)[]) sum[name] += report[name];
  }
  return sum;
}

function compare(child: Expressed, first: Expressed, mates: readonly Expressed[]) {
  const found = { recombined: false, mutated: false, switches: false, parameters: false };
  for (const part of ["files", "flags", "parameters"] as const) {
    for (let i = 0; i < child[part].length; i++) {
      const value = child[part][i]!;
      if (Object.is(value, first[part][i])) continue;
      found[part === "parameters" ? "parameters" : "switches"] = true;
      if (mates.some((mate) => Object.is(mate[part][i], value))) found.recombined = true;
      else found.mutated = true;
    }
  }
  return found;
}
