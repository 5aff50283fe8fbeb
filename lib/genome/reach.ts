/**
 * What a genome reaches of a pool: the modules that its evaluations can depend on.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { Pool, PoolFile } from "./pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/**
 * The gene files that a genome reaches: those that it has switched on, and what these import; in the pool's order.
 *
 * @param genome What it holds beyond the pool does not count.
 */
export function reachedFiles(genome: Genome, { files }: Pick<Pool, "files">): PoolFile[] {
  const on = genome.files.filter(({ active }) => active).map(({ path }) => path);
  const reached = reachedFrom(on, files);
  return files.filter(({ path }) => reached.has(path));
}

/** The paths of some gene files and of all that they import, themselves or through others. */
export function reachedFrom(paths: Iterable<string>, files: readonly PoolFile[]): Set<string> {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
  const reached = new Set(paths);
  // A set is walked on over what is added meanwhile.
  for (const path of reached) for (const next of imports.get(path) ?? []) reached.add(next);
  return reached;
}

/**
 * The identity of what a genome reaches, `agents.reach`: what no reached module and not the world has in it can change no
 * artifact and no score.
 *
 * @returns SHA-256 over paths and tokens of the gene files that it reaches, and of the world, as 64 hexadecimal digits.
 */
export async function reachOf(genome: Genome, pool: Pick<Pool, "files" | "worldHash">): Promise<string> {
  return await sha256(reachText(genome, pool));
}

/** The text that {@linkcode reachOf} is the hash of. */
export function reachText(genome: Genome, pool: Pick<Pool, "files" | "worldHash">): string {
  const modules = reachedFiles(genome, pool).map(({ path, tokens }) => [path, tokens]);
  return JSON.stringify([...modules, ["world.ts", pool.worldHash]]);
}
