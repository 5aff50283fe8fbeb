/**
 * What births did to genomes: how often an operator really changed something.
 *
 * @module
 */

import type { ChangeReport } from "../records/report_cycle.ts";
import type { Listing } from "./listing.ts";
import type { ParameterRange } from "../runtime/contract.ts";
import { isWhole } from "../runtime/parameters.ts";
import type { Expressed, Expression } from "../genome/expression.ts";

/** No gestations. */
export const noChanges: ChangeReport = {
  finished: 0,
  mated: 0,
  unchanged: 0,
  recombined: 0,
  mutated: 0,
  undecided: 0,
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
     FROM evaluations e JOIN agents a ON a.id = e.agent
     WHERE e.cycle = ? AND e.kind = 'gestation' AND e.outcome = 'finished'`,
    cycle,
  );
  for (const row of rows) {
    const given = JSON.parse(row.mates) as string[];
    const mates = given.map(genome).filter((mate) => mate !== undefined);
    sum.finished++;
    if (mates.length > 0) sum.mated++;
    if (row.child === row.first) {
      sum.unchanged++;
      continue;
    }
    const child = genome(row.child), first = genome(row.first);
    if (!child || !first) continue;
    const found = compare(child, first, { mates, all: mates.length === given.length }, expression.ranges);
    for (const name of Object.keys(found) as (keyof typeof found)[]) if (found[name]) sum[name]++;
  }
  return sum;
}

/** What a compacted cycle came to; where that was counted before there was `undecided`, nothing is known to be a mate's. */
export function ofToday(kept: ChangeReport): ChangeReport {
  if (Number.isFinite(kept.undecided)) return kept;
  return { ...kept, recombined: 0, undecided: kept.recombined };
}

/** Adds what several cycles came to. */
export function sumChanges(reports: Iterable<ChangeReport>): ChangeReport {
  const sum: Record<keyof ChangeReport, number> = { ...noChanges };
  for (const report of reports) {
    for (const name of Object.keys(noChanges) as (keyof ChangeReport)[]) sum[name] += report[name];
  }
  return sum;
}

/** The mates whose genomes are kept, and whether these are all. */
interface Mates {
  readonly mates: readonly Expressed[];
  readonly all: boolean;
}

function compare(child: Expressed, first: Expressed, { mates, all }: Mates, ranges: readonly ParameterRange[]) {
  const found = { recombined: false, mutated: false, undecided: false, switches: false, parameters: false };
  for (const part of ["files", "flags", "parameters"] as const) {
    for (let i = 0; i < child[part].length; i++) {
      const value = child[part][i]!;
      if (Object.is(value, first[part][i])) continue;
      found[part === "parameters" ? "parameters" : "switches"] = true;
      const isMates = mates.some((mate) => Object.is(mate[part][i], value));
      if (isMates && part === "parameters" && isTelling(value, ranges[i]!)) found.recombined = true;
      else if (isMates || !all) found.undecided = true;
      else found.mutated = true;
    }
  }
  return found;
}

/** Whether two genomes hardly have this value by chance: few have so many values as real numbers. */
function isTelling(value: number, { min, max, default: usual, kind }: ParameterRange): boolean {
  return !isWhole(kind) && Number.isFinite(value) && ![min, max, usual].includes(value);
}
