/**
 * A genome as an evaluation holds it: complete against the pool, whatever its bytes leave out.
 *
 * @module
 */

import { fromBytes, toBytes } from "./genome_bytes.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import type { ParameterRange, PoolCatalogue } from "./contract.ts";
import type { Catalogue, IndexedFile } from "./catalogue.ts";
import { EvaluationFailure } from "./failure.ts";

/** The flags and numbers of one file, in the order of the catalogue. */
export interface FileGenes {
  active: boolean;
  readonly functions: boolean[];
  readonly parameters: number[];
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
    const { active, functions, parameters } = genes[at]!;
    return {
      path: file.path,
      active,
      functions: Object.fromEntries(file.functions.map((name, i) => [name, functions[i]!])),
      parameters: Object.fromEntries(file.parameters.map((range, i) => [range.name, parameters[i]!])),
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
export function ownCatalogue(text: string, pool: PoolCatalogue): PoolCatalogue {
  const offered = new Map(pool.files.map((file) => [file.path, file]));
  return {
    files: shapesOf(text).map((file) =>
      (file.active ? offered.get(file.path) : undefined) ?? {
        path: file.path,
        functions: Object.keys(file.functions).sort(),
        parameters: Object.keys(file.parameters).sort().map((name) => {
          const value = file.parameters[name]!;
          return { name, min: value, max: value, default: value, scale: "linear" };
        }),
      }
    ),
  };
}

/** A copy that shares nothing. */
export function copyOf(genes: Genotype): Genotype {
  return genes.map(({ active, functions, parameters }) => ({
    active,
    functions: [...functions],
    parameters: [...parameters],
  }));
}

/** Whether two genotypes of one catalogue are the same. */
export function equal(a: Genotype, b: Genotype): boolean {
  return a.every((file, at) => {
    const other = b[at]!;
    return file.active === other.active &&
      file.functions.every((flag, i) => flag === other.functions[i]) &&
      file.parameters.every((value, i) => value === other.parameters[i]);
  });
}

/** Brings a number into a range; -0 becomes 0. */
export function inRange(value: number, range: ParameterRange): number {
  return Math.min(range.max, Math.max(range.min, value)) + 0;
}

interface Shape {
  readonly path: string;
  readonly active: boolean;
  readonly functions: Readonly<Record<string, boolean>>;
  readonly parameters: Readonly<Record<string, number>>;
}

function fileGenes(file: IndexedFile, found: Shape | undefined): FileGenes {
  return {
    active: found?.active === true,
    functions: file.functions.map((name) => found !== undefined && own(found.functions, name) === true),
    parameters: file.parameters.map((range) => {
      const value = found && own(found.parameters, range.name);
      return value === undefined || Number.isNaN(value) ? range.default : inRange(value, range);
    }),
  };
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
