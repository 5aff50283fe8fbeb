/**
 * The gene pool: what a template offers to genomes.
 *
 * @module
 */

import type { PoolCatalogue, PoolParameter, ViewArea, WorldSettings } from "../runtime/contract.ts";

/** An exported function of a gene file. */
export interface PoolFunction {
  readonly name: string;
  /** When the runtime calls it, from its JSDoc tag `@phase`; absent: only other genes call it. */
  readonly phase?: string;
  /** Line in its file, from 1. */
  readonly line: number;
  /** Lines that it spans. */
  readonly lines: number;
  /** Cyclomatic complexity (McCabe 1976): decisions + 1, those of the helpers that it reaches included. */
  readonly complexity: number;
  /** Names such as `src/rl.ts#value` of the genes that it calls, itself or through helpers; sorted. */
  readonly calls: readonly string[];
}

/** One gene file of the pool. */
export interface PoolFile {
  /** Path within the template, such as `src/neural.ts`. */
  readonly path: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** SHA-256 of the tokens and of the genes' phases. */
  readonly tokens: string;
  /** Paths of the gene files that it imports from, of types as well; sorted. */
  readonly imports: readonly string[];
  /** Sorted by name. */
  readonly functions: readonly PoolFunction[];
  /** Sorted by name. */
  readonly parameters: readonly PoolParameter[];
  readonly lines: number;
}

/** A file of data of the world. */
export interface DataFile {
  /** Path within the template, such as `data/tours.csv`. */
  readonly path: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/** How the world of a pool is drawn. */
export interface PoolView {
  /** SHA-256 of the bytes of `view.ts`. */
  readonly hash: string;
  /** Line of its function `view`, from 1. */
  readonly line: number;
  /** What it declares to be seen; absent: what there is. */
  readonly area?: ViewArea;
}

/** What a world may draw from: `layout` is the same for an epoch, `random` is new in each cycle. */
export type WorldDraw = "layout" | "random";

/** What a template offers, as it is kept in `workspace/template/pools/<hash>.json`. */
export interface Pool {
  /**
   * SHA-256 over the tokens of all gene files and of `world.ts`, and over its data: the code hash of an agent that has just
   * these.
   */
  readonly hash: string;
  /** Sorted by path. */
  readonly files: readonly PoolFile[];
  readonly world: WorldSettings;
  /** Those functions of the world that it may have and has: `answer`, `inform`, `probe`; absent: none. */
  readonly worldFunctions?: readonly string[];
  /** What of it a world reads that is not noisy, so that its scores stand no longer than that does; absent: nothing. */
  readonly worldDraws?: readonly WorldDraw[];
  /** SHA-256 of the tokens of `world.ts`; of a world with data over that and its data. */
  readonly worldHash: string;
  /** SHA-256 of the bytes of `world.ts`. */
  readonly worldSource: string;
  /** The world's data, sorted by path; absent where there is none. */
  readonly data?: readonly DataFile[];
  /** Absent where there is no `view.ts`. It is no part of the hash: nothing is built or judged anew for it. */
  readonly view?: PoolView;
}

/** The part of a pool that agents are told: names and ranges, without the code. */
export function catalogue(pool: Pool): PoolCatalogue {
  return {
    files: pool.files.map((file) => ({
      path: file.path,
      functions: file.functions.map((gene) => gene.name),
      parameters: file.parameters,
    })),
  };
}
