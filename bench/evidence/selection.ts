/**
 * Runs of populations without variation, in which selection or drift alone changes something.
 *
 * @module
 */

import { givenGenome } from "../../lib/agents/given_genome.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { runTwins, type TwinJob, type TwinOptions, type TwinProgram, type TwinRun } from "../../lib/twin/twin.ts";
import type { DriftProblem, TakeoverProblem } from "./selection_problems.ts";

/** What a run came to. */
export interface SelectionRun {
  readonly problem: string;
  readonly seed: string;
  /** Generations until the best genome had all places; or the share of pairs of agents that have different genomes. */
  readonly value: number;
}

/**
 * So many runs of each problem, in their order, of the seeds 1, 2, … Needs read permission for `lib/`.
 *
 * @param program That of `bits/`.
 * @param runsOf How many of a problem.
 */
export async function* selectionRuns(
  program: TwinProgram,
  problems: readonly (DriftProblem | TakeoverProblem)[],
  runsOf: (problem: DriftProblem | TakeoverProblem) => number,
  options: TwinOptions,
): AsyncGenerator<SelectionRun, void, void> {
  const asked = problems.flatMap((problem) =>
    Array.from({ length: runsOf(problem) }, (_, i) => ({ problem, seed: `${i + 1}` }))
  );
  const jobs = asked.map(({ problem, seed }) => jobOf(program.pool, problem, seed));
  let at = 0;
  for await (const run of runTwins(program, jobs, options)) {
    const { problem, seed } = asked[at++]!;
    yield { problem: problem.name, seed, value: problem.kind === "drift" ? varietyOf(run) : takeoverOf(run) };
  }
}

function jobOf(pool: Pool, problem: DriftProblem | TakeoverProblem, seed: string): TwinJob {
  const { name, size, cycles } = problem;
  // Of problems of takeover the first agent alone has a bit.
  const genomes = Array.from(
    { length: size },
    (_, i) => genomeOf(pool, problem.kind === "drift" ? i : i === 0 ? 1 : 0),
  );
  return {
    seed: `${name} ${seed}`,
    config: {
      ...defaultConfig,
      world: { ...defaultConfig.world, environment: "onemax-50" },
      // No genome has a gene of phase `birth`, so that children are copies.
      selection: { ...defaultConfig.selection, ...strategyOf(problem), size, sterileParents: true },
    },
    count: size,
    genomes,
    cycles,
    tells: "figures",
  };
}

function strategyOf(problem: DriftProblem | TakeoverProblem) {
  const { size } = problem;
  if (problem.kind === "drift") return { strategy: "none", replacementFraction: problem.replaced / size };
  const { tournament, mu } = problem;
  const elites = 1 / size;
  return tournament === undefined
    ? { strategy: "truncation", mu, elites }
    : { strategy: "tournament", tournamentSize: tournament, elites };
}

/** A genome whose bits are a number. */
function genomeOf(pool: Pool, number: number): Uint8Array {
  const bits = Array.from({ length: 100 }, (_, bit) => bit < 32 && (number >>> bit & 1) === 1);
  const shown = { genes: [{ gene: "src/bits.ts#tell" }], parameters: { "src/bits.ts": { bits } } };
  const genome = givenGenome(new TextEncoder().encode(JSON.stringify(shown)), pool);
  if (!genome.ok) throw new TypeError(genome.issue.message);
  return toBytes(genome.value);
}

/** The share of pairs of different agents that have different genomes. */
function varietyOf({ population }: TwinRun): number {
  const { length } = population;
  const alike = [...Map.groupBy(population, ({ genomeHash }) => genomeHash).values()]
    .reduce((sum, some) => sum + some.length * (some.length - 1), 0);
  return 1 - alike / (length * (length - 1));
}

/** The generation in which all have the bit: the first cycle judges the generation 0. */
function takeoverOf({ cycles, seed }: TwinRun): number {
  const found = cycles.findIndex(({ mean }) => mean === 1);
  if (found < 0) throw new Error(`the run ${seed} takes more cycles than one in a million does`);
  return found;
}
