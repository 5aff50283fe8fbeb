/**
 * What birth genes did: how often a gestation changed something, and what the child was worth.
 *
 * @module
 */

import type { OperatorReport } from "../../records/report_lineage.ts";
import type { Listing } from "../../db/listing.ts";
import type { Expression } from "../../genome/expression.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";

/** Cycles that are looked at: all gestations of a long run would be too many. */
const cyclesRead = 20;

interface Row {
  /** Hash of the genome that was gestated. */
  readonly genome: string;
  readonly changed: 0 | 1;
  /** What the child scored, less what its parent did in the same worlds; null where both did not. */
  readonly gain: number | null;
}

const query = `
SELECT g.genome_hash AS genome, g.genome_after IS NOT NULL AND g.genome_after <> g.genome_hash AS changed,
  c.score - (SELECT p.score FROM evaluations p
    WHERE p.agent = a.parents ->> '$[0].id' AND p.kind = 'judged' AND p.score IS NOT NULL AND p.conditions IS c.conditions
      AND p.genome_hash = g.genome_hash AND p.cycle <= c.cycle AND (p.cycle = c.cycle OR ?2)
    ORDER BY p.cycle DESC LIMIT 1) AS gain
FROM evaluations g JOIN agents a ON a.id = g.agent
LEFT JOIN evaluations c ON c.agent = g.agent AND c.kind = 'judged' AND c.cycle = g.cycle + 1
  AND c.genome_hash = coalesce(g.genome_after, g.genome_hash)
WHERE g.kind = 'gestation' AND g.outcome = 'finished' AND g.cycle >= ?1`;

/**
 * Reads what the genes of phase `birth` did, in the order of the pool.
 *
 * Which of several genes that were on has changed something is not recorded: a gestation counts for each of them.
 *
 * @param last The last cycle.
 */
export function readOperators(listing: Listing, expression: Expression, last: number): OperatorReport[] {
  const genes = expression.genes.map(({ name, phase }, at) => ({ name, phase, at })).filter(({ phase }) =>
    phase === "birth"
  ).map(({ name, at }) => ({ name, at, gestations: 0, alone: 0, changed: 0, gains: [] as number[] }));
  const still = expression.pool.world.noisy ? 0 : 1;
  for (const { genome, changed, gain } of listing.rows<Row>(query, Math.max(0, last - cyclesRead), still)) {
    const expressed = expression.of(genome, () => listing.blob(genome));
    const on = genes.filter(({ at }) => expressed?.genes[at] === 1);
    for (const gene of on) {
      gene.gestations++;
      gene.changed += changed;
      if (on.length === 1) gene.alone++;
      if (changed && gain !== null) gene.gains.push(gain);
    }
  }
  return genes.map(({ name, gestations, alone, changed, gains }) => ({
    gene: name,
    gestations,
    alone,
    changed,
    compared: gains.length,
    gain: gains.length === 0 ? null : meanInterval(gains),
  }));
}
