/**
 * Bringing a genome to a pool.
 *
 * @module
 */

import { bad, good, type Result } from "../util/issue.ts";
import type { ParameterRange } from "../runtime/contract.ts";
import { elementName, grouped, inRange, isWhole } from "../runtime/parameters.ts";
import { heldAt, numbersIn } from "./ranges.ts";
import type { Pool, PoolFile } from "./pool.ts";
import type { Genome, GenomeFile } from "../runtime/genome_schema.ts";

/** Names of what is in no present pool. */
type Names = Pick<ReadonlySet<string>, "has">;

/** A genome that says something of all that its pool offers, and of nothing else. */
export interface Fitted {
  readonly genome: Genome;
  /** What only a former pool had, or had with a wider range: `src/a.ts`, `src/a.ts#gene`, `src/a.ts:parameter`, `src/a.ts:list[0]`. */
  readonly ignored: readonly string[];
}

/**
 * Completes a genome against a pool: what the pool offers and the genome lacks is inactive, or at its default.
 *
 * @param former Names that former pools of the run had, from {@linkcode poolNames}: these are ignored.
 * @returns The complete genome in canonical order, or an issue `genome.unknown` for a file, function or parameter that
 * no pool of the run had, or `genome.range` for a parameter out of its range.
 */
export function fitToPool(genome: Genome, pool: Pool, former: Names): Result<Fitted> {
  const ignored: string[] = [];
  const known = new Map(pool.files.map((file) => [file.path, file]));
  for (const file of genome.files) {
    const offered = known.get(file.path);
    for (const name of unoffered(file, offered)) {
      if (!former.has(name)) return unknown(name);
      ignored.push(name);
    }
  }
  const own = new Map(genome.files.map((file) => [file.path, file]));
  const files: GenomeFile[] = [];
  for (const file of pool.files) {
    const fitted = fitFile(file, own.get(file.path), former, ignored);
    if (!fitted.ok) return fitted;
    files.push(fitted.value);
  }
  return good({ genome: { version: 1, files }, ignored: ignored.sort() });
}

/** All that a pool offers, by name: `src/a.ts`, `src/a.ts#gene`, `src/a.ts:parameter`, `src/a.ts:list[0]`. */
export function poolNames(pool: Pool): string[] {
  return pool.files.flatMap((file) => [
    file.path,
    ...file.functions.map((gene) => `${file.path}#${gene.name}`),
    ...[...numbersIn(file).keys()].map((name) => `${file.path}:${name}`),
  ]);
}

/** All that a genome names, likewise. */
export function genomeNames({ files }: Genome): string[] {
  return files.flatMap((file) => [
    file.path,
    ...Object.keys(file.functions).map((name) => `${file.path}#${name}`),
    ...heldNames(file).map((name) => `${file.path}:${name}`),
  ]);
}

function unoffered(file: GenomeFile, offered: PoolFile | undefined): string[] {
  if (!offered) return [file.path];
  const functions = new Set(offered.functions.map((gene) => gene.name));
  const numbers = numbersIn(offered);
  return [
    ...Object.keys(file.functions).filter((name) => !functions.has(name)).map((name) => `${file.path}#${name}`),
    ...heldNames(file).filter((name) => !numbers.has(name)).map((name) => `${file.path}:${name}`),
  ];
}

function heldNames({ parameters }: GenomeFile): string[] {
  return Object.keys(parameters).flatMap((name) => {
    const held = parameters[name]!;
    return typeof held === "number" ? name : held.map((_, at) => elementName(name, at));
  });
}

function fitFile(
  file: PoolFile,
  own: GenomeFile | undefined,
  former: Names,
  ignored: string[],
): Result<GenomeFile> {
  const numbers: number[] = [];
  for (const place of numbersIn(file).values()) {
    const { range } = place;
    const value = (own && heldAt(own.parameters, place)) ?? range.default;
    const fitted = inRange(value, range);
    if (fitted !== value) {
      const locus = `${file.path}:${range.name}`;
      if (!former.has(locus)) return outOfRange(locus, range, value);
      ignored.push(locus);
    }
    numbers.push(fitted);
  }
  const functions = Object.fromEntries(file.functions.map(({ name }) => [name, own?.functions[name] ?? false]));
  return good({
    path: file.path,
    active: own?.active ?? false,
    functions,
    parameters: grouped(file.parameters, numbers),
  });
}

function outOfRange(locus: string, { min, max, kind }: ParameterRange, value: number): Result<never> {
  const what = `${isWhole(kind) ? "a whole number " : ""}within ${min} and ${max}`;
  return bad("genome.range", `The parameter ${locus} must be ${what}: it is ${value}.`, locus);
}

function unknown(name: string): Result<never> {
  const [path, gene] = name.split("#");
  const [file, parameter] = name.split(":");
  const what = gene !== undefined
    ? `the function ${gene} of ${path}`
    : parameter !== undefined
    ? `the parameter ${parameter} of ${file}`
    : `the file ${name}`;
  return bad("genome.unknown", `The genome names ${what}, which the pool does not have.`, name);
}
