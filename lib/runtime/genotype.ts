/**
 * A genome as an evaluation holds it: complete against the pool, whatever its bytes leave out.
 *
 * @module
 */

import { fromBytes, toBytes } from "./genome_bytes.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import type { PoolCatalogue } from "./contract.ts";
import type { Catalogue, CatalogueFile, IndexedFile } from "./catalogue.ts";
import { EvaluationFailure } from "./failure.ts";
import { grouped, type HeldNumbers, numbersOf, rangesOf } from "./parameters.ts";

/** The flags and numbers of one file, in the order of the catalogue; those of a list are one after another. */
export interface FileGenes {
  active: boolean;
  readonly functions: boolean[];
  readonly numbers: number[];
}

/** The genes of all files, in the order of the catalogue. */
export type Genotype = FileGenes[];

/**
 * Reads a genome. What the pool has and the genome lacks is off, or has its default; what the pool lacks is left out.
 *
 * @param text The genome's bytes in base64.
 * @param catalogue The pool.
 * @returns The genes.
 * @throws {EvaluationFailure} `request`, if the bytes are no genome.
 */
export function readGenotype(text: string, catalogue: Catalogue): Genotype {
  const files = new Map(shapesOf(text).map((file) => [file.path, file]));
  return catalogue.files.map((file) => fileGenes(file, files.get(file.path)));
}

function shapesOf(text: string): readonly Shape[] {
  try {
    return (fromBytes(fromBase64(text)) as { files: Shape[] }).files;
  } catch {
    throw new EvaluationFailure("request", "the request holds bytes that are no genome");
  }
}

/**
 * Writes a genome.
 *
 * @returns Its canonical bytes in base64.
 */
export function writeGenotype(genes: Genotype, catalogue: Catalogue): string {
  const files = catalogue.files.map((file, at) => {
    const { active, functions, numbers } = genes[at]!;
    return {
      path: file.path,
      active,
      functions: Object.fromEntries(file.functions.map((name, i) => [name, functions[i]!])),
      parameters: grouped(file.parameters, numbers),
    };
  });
  return toBase64(toBytes({ version: 1, files }));
}

/**
 * What a genome by itself says that there is: its own files, with the functions and ranges that the pool has for those
 * that are switched on. Of the others, of which no evaluation depends, a range is the value alone.
 *
 * @param text The genome's bytes in base64.
 * @throws {EvaluationFailure} `request`, if the bytes are no genome.
 */
export function ownCatalogue(text: string, pool: PoolCatalogue): { readonly files: readonly CatalogueFile[] } {
  const offered = new Map(pool.files.map((file) => [file.path, file]));
  return { files: shapesOf(text).map((file) => (file.active ? offered.get(file.path) : undefined) ?? heldAlone(file)) };
}

function heldAlone({ path, functions, parameters }: Shape): CatalogueFile {
  const held = Object.keys(parameters).sort().map((name) => {
    const value = parameters[name]!;
    const list = typeof value === "object" && { length: value.length };
    return { name, min: -Infinity, max: Infinity, default: value, scale: "linear" as const, ...list };
  });
  const ranges = held.flatMap(rangesOf).map((range) => ({ ...range, min: range.default, max: range.default }));
  return { path, functions: Object.keys(functions).sort(), parameters: held, ranges };
}

/** A copy that shares nothing. */
export function copyOf(genes: Genotype): Genotype {
  return genes.map(({ active, functions, numbers }) => ({
    active,
    functions: [...functions],
    numbers: [...numbers],
  }));
}

/** Whether two genotypes of one catalogue are the same. */
export function equal(a: Genotype, b: Genotype): boolean {
  return a.every((file, at) => {
    const other = b[at]!;
    return file.active === other.active &&
      file.functions.every((flag, i) => flag === other.functions[i]) &&
      file.numbers.every((value, i) => value === other.numbers[i]);
  });
}

interface Shape {
  readonly path: string;
  readonly active: boolean;
  readonly functions: Readonly<Record<string, boolean>>;
  readonly parameters: HeldNumbers;
}

function fileGenes(file: IndexedFile, found: Shape | undefined): FileGenes {
  return {
    active: found?.active === true,
    functions: file.functions.map((name) => found !== undefined && own(found.functions, name) === true),
    numbers: numbersOf(file.parameters, found?.parameters),
  };
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
