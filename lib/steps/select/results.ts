/**
 * The results of a cycle, as selection sees them.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { causeOf, causeOfEnd } from "../../records/cause.ts";
import type { Issue } from "../../util/issue.ts";
import type { Judge } from "./fitness.ts";
import type { Measured } from "./measured.ts";
import type { Member } from "./deaths.ts";
import type { Ranked } from "./strategy.ts";

interface ResultRow {
  readonly id: string;
  readonly ordinal: number;
  readonly status: string;
  readonly disabled_cycle: number | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly generation: number;
  readonly energy: number;
  readonly genome_hash: string;
  readonly score: number | null;
  readonly metrics: string | null;
  readonly judged_cycle: number | null;
  readonly judged_genome: string | null;
  readonly judged_code: string | null;
  readonly judged_build: string | null;
  readonly judged_score: number | null;
  /** Whether it was judged under the present conditions, by what its genome reaches at present. */
  readonly comparable: number;
  readonly measures: string | null;
  readonly violation: number;
  readonly judged_violation: number;
}

/** All that are not dead, the results that can be ranked, and those that a fitness module gave no number. */
export interface Results {
  readonly members: readonly Member[];
  readonly ranked: readonly Ranked[];
  readonly issues: readonly { readonly id: string; readonly issue: Issue }[];
}

/**
 * Reads the results that count in a cycle.
 *
 * A result belongs to the genome that earned it: an agent that changed itself after its episodes has
 * one for the genome that it left, and none for its present one.
 *
 * @param only Ids to which the selection is restricted; absent: all.
 */
export async function readResults(
  listing: Listing,
  cycle: number,
  fitness: Judge,
  only?: ReadonlySet<string>,
): Promise<Results> {
  const members: Member[] = [];
  const ranked: Ranked[] = [];
  const issues: { id: string; issue: Issue }[] = [];
  const scored: { row: ResultRow; measured: Measured }[] = [];
  const unscored = unscoredIn(listing, cycle);
  for (const row of listing.rows<ResultRow>(query)) {
    const chosen = !only || only.has(row.id);
    members.push({
      id: row.id,
      energy: row.energy,
      active: chosen && row.status === "active",
      disabledBefore: chosen && row.status === "disabled" && (row.disabled_cycle ?? 0) < cycle &&
        causeOf(row.code ?? "") === "agent",
      ...(chosen && unscored.has(row.id) && { unscored: unscored.get(row.id)! }),
      reason: row.reason,
      charged: row.judged_cycle !== null,
    });
    const ranks = chosen && row.status === "active" && !unscored.has(row.id);
    const score = ranks ? scoreOf(row, cycle) : undefined;
    if (score !== undefined) scored.push({ row, measured: measuredOf(row, score) });
  }
  const values = await fitness.of(scored.map(({ measured }) => measured));
  for (const [i, { row, measured }] of scored.entries()) {
    const value = values[i]!;
    if (typeof value === "number" && Number.isFinite(value)) ranked.push(rank(row, measured, value));
    else issues.push({ id: row.id, issue: notFinite(fitness.source, value) });
  }
  return { members, ranked, issues };
}

const query = `
SELECT a.id, a.ordinal, a.status, a.disabled_cycle, a.code, a.reason, a.generation, a.energy, a.genome_hash, a.score, a.metrics,
  e.cycle AS judged_cycle, e.genome_hash AS judged_genome, e.code_hash AS judged_code, e.build_hash AS judged_build,
  e.score AS judged_score, e.measures, a.violation, e.violation AS judged_violation,
  coalesce(e.conditions = (SELECT value FROM meta WHERE key = 'conditions'), 1)
    AND (a.scored_reach IS a.reach OR a.scored_genome_hash IS NOT a.genome_hash) AS comparable
FROM agents a LEFT JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged' AND e.cycle =
  (SELECT max(cycle) FROM evaluations WHERE agent = a.id AND kind = 'judged' AND score IS NOT NULL)
WHERE a.status != 'dead' ORDER BY a.ordinal`;

/** Agents whose evaluation of a cycle failed for what was not their own fault, and how. */
function unscoredIn(listing: Listing, cycle: number): Map<string, string> {
  const failed = listing.all<{ agent: string; outcome: string; message: string }>(
    `SELECT agent, outcome, coalesce(message, '') AS message FROM evaluations
      WHERE cycle = ? AND kind = 'judged' AND outcome <> 'finished'`,
    cycle,
  );
  return new Map(
    failed.filter(({ outcome }) => causeOfEnd(outcome) !== "agent").map((
      { agent, message },
    ) => [agent, message]),
  );
}

function scoreOf(row: ResultRow, cycle: number): number | undefined {
  if (row.judged_score === null || !row.comparable) return undefined;
  if (row.judged_genome === row.genome_hash) return row.score ?? undefined;
  return row.judged_cycle === cycle ? row.judged_score : undefined;
}

function measuredOf(row: ResultRow, score: number): Measured {
  return { id: row.id, score, measures: JSON.parse(row.measures ?? "{}"), metrics: JSON.parse(row.metrics ?? "{}") };
}

function rank(row: ResultRow, { score, metrics }: Measured, fitness: number): Ranked {
  const isPresent = row.judged_genome === row.genome_hash;
  return {
    id: row.id,
    ordinal: row.ordinal,
    generation: row.generation,
    genomeHash: row.judged_genome!,
    codeHash: row.judged_code!,
    buildHash: row.judged_build!,
    score,
    violation: isPresent ? row.violation : row.judged_violation,
    fitness,
    energy: row.energy,
    hasRankedGenome: isPresent,
    fertile: (metrics.birthGenes ?? 0) > 0,
  };
}

function notFinite(source: string, value: number | string): Issue {
  return {
    code: "fitness.number",
    message: `The fitness of this agent must be a finite number: ${source} gave ${String(value)}.`,
  };
}
