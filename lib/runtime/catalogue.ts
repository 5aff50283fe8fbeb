/**
 * The pool's names, indexed once for all genomes of an evaluation.
 *
 * @module
 */

import type { ParameterRange, PoolCatalogue, PoolParameter } from "./contract.ts";
import { rangesOf } from "./parameters.ts";

/** One file that a catalogue is made of. */
export interface CatalogueFile {
  readonly path: string;
  readonly functions: readonly string[];
  readonly parameters: readonly PoolParameter[];
  /** The ranges that genes see. @default those of its parameters */
  readonly ranges?: readonly ParameterRange[];
}

/** One file of the pool. */
export interface IndexedFile extends CatalogueFile {
  /** Those of all numbers that its parameters are made of. */
  readonly ranges: readonly ParameterRange[];
  readonly functionAt: ReadonlyMap<string, number>;
  /** Places of these numbers, by the names of their ranges. */
  readonly numberAt: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, ListPlace>;
}

/** Where the numbers of a list are among those of its file. */
export interface ListPlace {
  readonly from: number;
  readonly to: number;
}

/** The pool's names; all that it hands out is frozen. */
export class Catalogue {
  readonly files: readonly IndexedFile[];
  readonly paths: readonly string[];
  readonly #at = new Map<string, number>();

  /**
   * @param pool Names and ranges; files sorted by path, names sorted within them.
   */
  constructor(pool: PoolCatalogue | { readonly files: readonly CatalogueFile[] }) {
    this.files = pool.files.map((file, at) => {
      this.#at.set(file.path, at);
      return indexed(file);
    });
    this.paths = Object.freeze(this.files.map((file) => file.path));
  }

  /**
   * The place of a file.
   *
   * @throws {RangeError} If the pool has no such file.
   */
  file(path: string): number {
    const at = this.#at.get(path);
    if (at === undefined) throw new RangeError("Cannot find a file of this name in the pool");
    return at;
  }

  /**
   * The place of a function within the file at a place.
   *
   * @throws {RangeError} If the file has no such function.
   */
  function(file: number, name: string): number {
    const at = this.files[file]!.functionAt.get(name);
    if (at === undefined) throw new RangeError("Cannot find a function of this name in the pool's file");
    return at;
  }

  /**
   * The place of a number among those of the file at a place.
   *
   * @param name Of a parameter, or of an element of a list.
   * @throws {RangeError} If the file has no such number.
   */
  number(file: number, name: string): number {
    const { numberAt, lists } = this.files[file]!;
    const at = numberAt.get(name);
    if (at !== undefined) return at;
    if (lists.has(name)) throw new RangeError("Cannot take a list for a number: name one of its elements");
    throw new RangeError("Cannot find a parameter of this name in the pool's file");
  }

  /**
   * The place of a list among the numbers of the file at a place.
   *
   * @throws {RangeError} If the file has no such list.
   */
  list(file: number, name: string): ListPlace {
    const found = this.files[file]!.lists.get(name);
    if (found === undefined) throw new RangeError("Cannot find a list of this name in the pool's file");
    return found;
  }
}

function indexed(file: CatalogueFile): IndexedFile {
  const { path, functions, parameters, ranges = parameters.flatMap(rangesOf) } = file;
  const shown = ranges.map((range) => Object.freeze({ ...range, kind: range.kind ?? "real" }));
  return {
    path,
    functions: Object.freeze([...functions]),
    parameters,
    ranges: Object.freeze(shown),
    functionAt: new Map(functions.map((name, at) => [name, at])),
    numberAt: new Map(shown.map((range, at) => [range.name, at])),
    lists: listsOf(parameters),
  };
}

function listsOf(parameters: readonly PoolParameter[]): Map<string, ListPlace> {
  const lists = new Map<string, ListPlace>();
  let from = 0;
  for (const { name, length } of parameters) {
    if (length !== undefined) lists.set(name, { from, to: from + length });
    from += length ?? 1;
  }
  return lists;
}
