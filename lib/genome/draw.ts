/**
 * Random genomes, as `init` draws them: the only genetic operator outside the agents.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import type { ParameterRange } from "../runtime/contract.ts";
import { grouped, isWhole } from "../runtime/parameters.ts";
import { link } from "./link.ts";
import { fileRanges } from "./ranges.ts";
import type { Pool, PoolFile } from "./pool.ts";
import type { Genome, GenomeFile } from "../runtime/genome_schema.ts";

/** How often `init` draws a genome again that does not link; then it is taken as it is, and `build` says what is wrong. */
export const mostDraws = 200;

/** A genome that was drawn until it linked. */
export interface Drawn {
  readonly genome: Genome;
  /** How many genomes were drawn. */
  readonly draws: number;
  /** Whether the last one links; false where none of them did. */
  readonly linked: boolean;
}

/**
 * Draws a genome.
 *
 * A file and a function are each switched on with the square root of `chance`, so that a gene is active with
 * `chance`, and the genes of a file come and go together. Genes of phase `birth` are always active; where that keeps
 * a file on, its other functions are on with `chance` itself. Parameters are uniform on their scale,
 * or over the whole numbers of their range.
 *
 * @param random Used once for each file, function and number of a parameter.
 * @param chance Chance that a gene is active, 0 to 1.
 */
export function drawGenome(pool: Pool, random: Random, chance: number): Genome {
  return { version: 1, files: pool.files.map((file) => drawFile(file, random, chance)) };
}

/**
 * Draws genomes from one stream until one links, at most `tries` times.
 *
 * @param tries At least 1.
 */
export function drawViable(pool: Pool, random: Random, chance: number, tries: number): Drawn {
  let genome = drawGenome(pool, random, chance);
  for (let draws = 1;; draws++) {
    const linked = link(genome, pool) === undefined;
    if (linked || draws >= tries) return { genome, draws, linked };
    genome = drawGenome(pool, random, chance);
  }
}

function drawFile(file: PoolFile, random: Random, chance: number): GenomeFile {
  const gives = file.functions.some((gene) => gene.phase === "birth");
  const active = random() < Math.sqrt(chance) || gives;
  const share = gives ? chance : Math.sqrt(chance);
  const functions: Record<string, boolean> = {};
  for (const gene of file.functions) functions[gene.name] = random() < share || gene.phase === "birth";
  const numbers = fileRanges(file).map((range) => drawParameter(range, random()));
  return { path: file.path, active, functions, parameters: grouped(file.parameters, numbers) };
}

/** The value at the position `u`, in `[0, 1)`, of a parameter's range. */
export function drawParameter({ min, max, scale, kind }: ParameterRange, u: number): number {
  if (!isWhole(kind)) return scale === "linear" ? Math.min(max, min + (max - min) * u) : drawLog(min, max, u);
  return scale === "linear" ? Math.min(max, min + Math.floor((max - min + 1) * u)) : Math.round(drawLog(min, max, u));
}

function drawLog(min: number, max: number, u: number): number {
  // By halving the logarithmic range: square roots are the same bits on every engine, exp and log are not.
  let low = min, high = max, rest = u;
  for (let i = 0; i < 48; i++) {
    const middle = Math.sqrt(low) * Math.sqrt(high);
    rest *= 2;
    if (rest >= 1) [low, rest] = [middle, rest - 1];
    else high = middle;
  }
  return Math.min(max, Math.max(min, low));
}
