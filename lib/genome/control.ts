/**
 * The genome of the control: no gene of a pool is active in it.
 *
 * @module
 */

import { toBytes } from "../runtime/genome_bytes.ts";
import { defaultsOf } from "../runtime/parameters.ts";
import type { Pool } from "./pool.ts";

/**
 * The bytes of the genome in which nothing of a pool is active: what an evaluation of it comes to is due to the world, the
 * configuration or the machine, and to no gene.
 */
export function controlGenome(pool: Pool): Uint8Array {
  return toBytes({
    version: 1,
    files: pool.files.map(({ path, functions, parameters }) => ({
      path,
      active: false,
      functions: Object.fromEntries(functions.map(({ name }) => [name, false])),
      parameters: defaultsOf(parameters),
    })),
  });
}
