/**
 * How frequent each gene is: now, and in each cycle.
 *
 * @module
 */

import type { ParameterReport } from "../records/report.ts";
import type { CycleReport, ParameterSpread } from "../records/report_cycle.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { spreadOf } from "../statistics/quantile.ts";
import { rankCorrelation } from "../statistics/rank_correlation.ts";
import { rounded, shortened } from "./rounded.ts";
import { type Carried, diversityOf } from "../genome/diversity.ts";
import type { Listing } from "./listing.ts";
import type { Expressed, Expression } from "../genome/expression.ts";

/** What is told of the genomes of one cycle. */
export type GenomeCounts = Pick<CycleReport, "counted" | "genomes" | "genes" | "parameters" | "diversity">;

interface GenomeRow {
  readonly hash: string;
  readonly agents: number;
  readonly scored: number;
  readonly score: number;
}

/** A genome of a cycle. */
interface CycleGenome extends Carried {
  /** Mean score of its judged evaluations in the cycle; null where there is none. */
  readonly score: number | null;
}

/**
 * Counts genes and parameters in the genomes that were evaluated in a cycle: those of its judged evaluations, and of agents that were
 * not judged because their result still holds, that of their last one.
 *
 * The join is a CROSS JOIN, since SQLite would start it from all episodes there ever were, and takes 15 times as long. Those that are
 * alive and those that died later are found by an index each: of all that ever were, most have died before. They are in the order of
 * their creation, whatever became of them since, so that the same scores are summed in the same order; by `+` the indexes
 * stay those of the conditions.
 */
export function countGenomes(listing: Listing, cycle: number, expression: Expression): GenomeCounts {
  const rows = listing.rows<{ genome: string; agents: number; score: number | null; bytes: Uint8Array | null }>(
    `SELECT genome, agents, score, bytes FROM (SELECT e.genome_hash AS genome, count(*) AS agents,
       avg(CASE e.cycle WHEN ?1 THEN e.score END) AS score FROM
         (SELECT * FROM (SELECT ordinal, id, born, disabled_cycle FROM agents WHERE status IN ('active', 'disabled')
          UNION ALL SELECT ordinal, id, born, disabled_cycle FROM agents WHERE died >= ?1) ORDER BY +ordinal) a
       CROSS JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged' AND e.cycle =
         (SELECT max(cycle) FROM evaluations WHERE agent = a.id AND cycle <= ?1 AND kind = 'judged')
     WHERE a.born < ?1 AND (e.cycle = ?1 OR a.disabled_cycle IS NULL OR a.disabled_cycle >= ?1)
     GROUP BY e.genome_hash) LEFT JOIN blobs ON hash = genome ORDER BY genome`,
    cycle,
  );
  const all: CycleGenome[] = [];
  for (const { genome, agents, score, bytes } of rows) {
    const expressed = expression.of(genome, () => bytes ?? undefined);
    if (expressed) all.push({ expressed, agents, score });
  }
  const random = stream(deriveSeed(listing.meta("seed") ?? "", "report", "pairs", cycle));
  return {
    counted: all.reduce((sum, { agents }) => sum + agents, 0),
    genomes: all.length,
    genes: Object.fromEntries(expression.genes.map(({ name }, gene) => [
      name,
      all.reduce((sum, { agents, expressed }) => sum + agents * expressed.genes[gene]!, 0),
    ])),
    parameters: parametersOf(all, expression),
    ...(all.length > 0 && { diversity: rounded(diversityOf(expression, all, random)) }),
  };
}

function parametersOf(all: readonly CycleGenome[], { parameters }: Expression): Record<string, ParameterSpread> {
  return Object.fromEntries(parameters.flatMap(({ name, file }, index): [string, ParameterSpread][] => {
    const carriers = all.filter(({ expressed }) =>
      expressed.files[file] === 1 && !Number.isNaN(expressed.parameters[index])
    );
    const value = ({ expressed }: CycleGenome) => expressed.parameters[index]!;
    const spread = spreadOf(carriers.map((one) => ({ value: value(one), weight: one.agents })));
    if (!spread) return [];
    const judged = carriers.flatMap((one): [number, number][] => one.score === null ? [] : [[value(one), one.score]]);
    const rho = rankCorrelation(judged);
    const association = rho === undefined ? {} : { association: { rho: shortened(rho), genomes: judged.length } };
    return [[name, { ...rounded(spread), ...association }]];
  }));
}

/** How frequent genes, files and parameter values are among the active agents now. */
export function readGenes(listing: Listing, expression: Expression) {
  const genes = new Counter(expression.genes.length), files = new Counter(expression.pool.files.length);
  const spread = new Spread(expression);
  let genomes = 0;
  const rows = listing.rows<GenomeRow>(
    `SELECT genome_hash AS hash, count(*) AS agents, total(score) AS score, count(score) AS scored FROM
       (SELECT genome_hash, CASE WHEN scored_genome_hash = genome_hash THEN score END AS score
        FROM agents WHERE status = 'active') GROUP BY genome_hash ORDER BY genome_hash`,
  );
  for (const row of rows) {
    const expressed = expression.of(row.hash, () => listing.blob(row.hash));
    if (!expressed) continue;
    genomes++;
    genes.add(expressed.genes, row);
    files.add(expressed.files, row);
    spread.add(expressed, row.agents);
  }
  const pool = expression.pool.files;
  return {
    genomes,
    genes: expression.genes.map(({ name, file, phase }, index) => ({
      gene: name,
      file: pool[file]!.path,
      function: name.slice(name.indexOf("#") + 1),
      phase,
      ...genes.report(index),
    })),
    files: pool.map(({ path }, index) => ({
      gene: path,
      file: path,
      function: null,
      phase: null,
      ...files.report(index),
    })),
    parameters: spread.report(),
  };
}

/** Counts carriers, and their scores, of several genes at once. */
class Counter {
  readonly #active: Float64Array;
  readonly #scored: Float64Array;
  readonly #score: Float64Array;
  #all = { agents: 0, scored: 0, score: 0 };

  constructor(length: number) {
    this.#active = new Float64Array(length);
    this.#scored = new Float64Array(length);
    this.#score = new Float64Array(length);
  }

  add(flags: Uint8Array, { agents, scored, score }: GenomeRow): void {
    this.#all.agents += agents;
    this.#all.scored += scored;
    this.#all.score += score;
    for (let i = 0; i < flags.length; i++) {
      if (flags[i] !== 1) continue;
      this.#active[i]! += agents;
      this.#scored[i]! += scored;
      this.#score[i]! += score;
    }
  }

  report(index: number) {
    const active = this.#active[index]!, scored = this.#scored[index]!, score = this.#score[index]!;
    return {
      active,
      share: this.#all.agents === 0 ? null : active / this.#all.agents,
      scoreWith: mean(score, scored),
      scoreWithout: mean(this.#all.score - score, this.#all.scored - scored),
    };
  }
}

/** Mean and deviation of parameters, by Welford's method with weights (West 1979). */
class Spread {
  readonly #expression: Expression;
  readonly #weight: Float64Array;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;

  constructor(expression: Expression) {
    this.#expression = expression;
    const length = expression.parameters.length;
    this.#weight = new Float64Array(length);
    this.#mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  add({ files, parameters }: Expressed, agents: number): void {
    for (const [index, { file }] of this.#expression.parameters.entries()) {
      const value = parameters[index]!;
      if (files[file] !== 1 || Number.isNaN(value)) continue;
      const weight = this.#weight[index]! += agents;
      const step = value - this.#mean[index]!;
      this.#mean[index]! += step * agents / weight;
      this.#squares[index]! += agents * step * (value - this.#mean[index]!);
    }
  }

  report(): ParameterReport[] {
    const pool = this.#expression.pool.files;
    return this.#expression.parameters.map(({ name, file }, index) => {
      const parameter = name.slice(name.indexOf("#") + 1), agents = this.#weight[index]!;
      return {
        file: pool[file]!.path,
        parameter,
        agents,
        mean: agents === 0 ? null : this.#mean[index]!,
        deviation: agents === 0 ? null : Math.sqrt(this.#squares[index]! / agents),
        range: this.#expression.ranges[index]!,
      };
    });
  }
}

function mean(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}
