/**
 * The genome that takes most bytes of all that a pool allows.
 *
 * @module
 */

import type { PoolParameter } from "../runtime/contract.ts";
import { grouped, isWhole } from "../runtime/parameters.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Pool } from "./pool.ts";

/** A genome of a pool that no other one exceeds in bytes. */
export function largestGenome(pool: Pick<Pool, "files">): Genome {
  return {
    version: 1,
    files: pool.files.map(({ path, functions, parameters }) => ({
      path,
      active: true,
      functions: Object.fromEntries(functions.map(({ name }) => [name, true])),
      parameters: grouped(
        parameters,
        parameters.flatMap((one) => new Array<number>(one.length ?? 1).fill(widest(one))),
      ),
    })),
  };
}

/** What takes most bytes: a fraction, or the largest whole number, below zero where there are such. */
function widest({ min, max, kind }: PoolParameter): number {
  if (!isWhole(kind)) return 0.1;
  const largest = Math.max(Math.abs(min), Math.abs(max));
  return min < 0 ? -largest : largest;
}
