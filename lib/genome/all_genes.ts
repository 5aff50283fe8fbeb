/**
 * The genome in which everything is active.
 *
 * @module
 */

import type { Genome } from "../runtime/genome_schema.ts";
import { defaultsOf } from "../runtime/parameters.ts";
import type { Pool } from "./pool.ts";

/** All genes, with their parameters at their defaults. */
export function allGenes({ files }: Pool): Genome {
  return {
    version: 1,
    files: files.map(({ path, functions, parameters }) => ({
      path,
      active: true,
      functions: Object.fromEntries(functions.map(({ name }) => [name, true])),
      parameters: defaultsOf(parameters),
    })),
  };
}
