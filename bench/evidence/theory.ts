/**
 * Runs of the (1+1) evolutionary algorithm on problems of which its running time is known.
 *
 * @module
 */

import { givenGenome } from "../../lib/agents/given_genome.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { runTwins, type TwinJob, type TwinOptions, type TwinProgram, twinProgram } from "../../lib/twin/twin.ts";
import type { Problem } from "./problems.ts";

/** What a run came to. */
export interface TheoryRun {
  readonly problem: string;
  readonly seed: string;
  /** Births until the largest value was found. */
  readonly births: number;
}

/** The program of all problems. Needs what {@linkcode twinProgram} needs. */
export async function bitsProgram(): Promise<TwinProgram> {
  return await twinProgram(`${projectRoot}/bench/evidence/bits`);
}

/**
 * So many runs of each problem, in their order, of the seeds 1, 2, … Needs read permission for `lib/`.
 *
 * @param runsOf How many of a problem.
 */
export async function* theoryRuns(
  program: TwinProgram,
  problems: readonly Problem[],
  runsOf: (problem: Problem) => number,
  options: TwinOptions,
): AsyncGenerator<TheoryRun, void, void> {
  const asked = problems.flatMap((problem) =>
    Array.from({ length: runsOf(problem) }, (_, i) => ({ problem, seed: `${i + 1}` }))
  );
  const jobs = asked.map(({ problem, seed }) => jobOf(program.pool, problem, seed));
  let at = 0;
  for await (const { last } of runTwins(program, jobs, options)) {
    const { problem: { name }, seed } = asked[at++]!;
    yield { problem: name, seed, births: last.episodes - 1 };
  }
}

function jobOf(pool: Pool, problem: Problem, seed: string): TwinJob {
  return {
    seed: `${problem.name} ${seed}`,
    config: {
      ...defaultConfig,
      world: { ...defaultConfig.world, environment: problem.name },
      selection: { ...defaultConfig.selection, strategy: "one-plus-one", size: 2 },
    },
    count: 1,
    genomes: [randomGenome(pool, problem, seed)],
    until: problem.most,
    cycles: 1_000_000,
    tells: "nothing",
  };
}

/** All bits are drawn, each as likely. */
function randomGenome(pool: Pool, { name, length }: Problem, seed: string): Uint8Array {
  const random = stream(deriveSeed("bits", name, seed));
  const bits = Array.from({ length: 100 }, () => random() < 0.5);
  const shown = {
    genes: [{ gene: "src/bits.ts#tell" }, { gene: "src/variation.ts#flip" }],
    parameters: { "src/bits.ts": { bits }, "src/variation.ts": { length } },
  };
  const genome = givenGenome(new TextEncoder().encode(JSON.stringify(shown)), pool);
  if (!genome.ok) throw new TypeError(genome.issue.message);
  return toBytes(genome.value);
}
