/**
 * The pool's names, indexed once for all genomes of an evaluation.
 *
 * @module
 */

import type { ParameterRange, PoolCatalogue } from "./contract.ts";

/** One file of the pool. */
export interface IndexedFile {
  readonly path: string;
  readonly functions: readonly string[];
  readonly parameters: readonly ParameterRange[];
  readonly functionAt: ReadonlyMap<string, number>;
  readonly parameterAt: ReadonlyMap<string, number>;
}

/** The pool's names; all that it hands out is frozen. */
export class Catalogue {
  readonly files: readonly IndexedFile[];
  readonly paths: readonly string[];
  readonly #at = new Map<string, number>();

  /**
   * @param pool Names and ranges; files sorted by path, names sorted within them.
   */
  constructor(pool: PoolCatalogue) {
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
   * The place of a parameter within the file at a place.
   *
   * @throws {RangeError} If the file has no such parameter.
   */
  parameter(file: number, name: string): number {
    const at = this.files[file]!.parameterAt.get(name);
    if (at === undefined) throw new RangeError("Cannot find a parameter of this name in the pool's file");
    return at;
  }
}

function indexed(file: PoolCatalogue["files"][number]): IndexedFile {
  return {
    path: file.path,
    functions: Object.freeze([...file.functions]),
    parameters: Object.freeze(file.parameters.map((range) => Object.freeze({ ...range }))),
    functionAt: new Map(file.functions.map((name, at) => [name, at])),
    parameterAt: new Map(file.parameters.map((range, at) => [range.name, at])),
  };
}
