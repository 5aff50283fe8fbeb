/**
 * Derives wirings from the bytes of genomes. Runs in a worker, or in the main thread for a few.
 *
 * @module
 */

import { decodeGenome } from "../genome/codec.ts";
import { fitToPool } from "../genome/fit.ts";
import type { Pool } from "../genome/pool.ts";
import { bad, good, type Issue, type Result } from "../util/issue.ts";
import { serve } from "../step/worker.ts";
import { link } from "../genome/link.ts";
import { wiredBy } from "../template/wiring_of.ts";
import type { BuildWiring } from "./compile.ts";

/** Genomes whose wirings are wanted. */
export interface DeriveOrder {
  readonly pool: Pool;
  /** Names that only former pools had, see `poolNames`. */
  readonly former: ReadonlySet<string>;
  /** Bytes of the genomes. */
  readonly genomes: readonly Uint8Array[];
}

/** The wiring of a genome. */
export interface Derived extends BuildWiring {
  /** What the genome reaches of the pool. */
  readonly reach: string;
  /** Why the genotype is lethal, where it is. */
  readonly lethal?: Issue;
}

/**
 * The wirings of genomes, each with the key under which it is built, or what is wrong with the genome.
 *
 * Needs no permission.
 */
export async function handle(order: DeriveOrder): Promise<Result<Derived>[]> {
  return await Promise.all(order.genomes.map((bytes) => derive(bytes, order)));
}

async function derive(bytes: Uint8Array, { pool, former }: DeriveOrder): Promise<Result<Derived>> {
  const decoded = decodeGenome(bytes);
  if (!decoded.ok) return bad(decoded.issue.code, decoded.issue.message, decoded.issue.path);
  const fitted = fitToPool(decoded.value, pool, former);
  if (!fitted.ok) return bad(fitted.issue.code, fitted.issue.message, fitted.issue.path);
  const { genome, wiring: { mod, called, body }, reach, buildKey: key } = await wiredBy(fitted.value.genome, pool);
  return good({ key, mod, called, body, reach, lethal: link(genome, pool) });
}

serve(handle);
