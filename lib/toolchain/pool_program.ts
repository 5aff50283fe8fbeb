/**
 * The program that holds all genes of a run's pool, for lives that share a process.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { Listing } from "../db/listing.ts";
import { putStatement, type Signed } from "./commit.ts";
import type { BuildBase } from "./due.ts";
import type { Signer } from "../signing/sign.ts";
import { artifactPath, isIntact, storeProgram } from "../signing/store.ts";

/** What the names begin with that stand for the genome in statements about such programs. */
export const poolNamePrefix = "pool:";

/**
 * What stands for the genome in a statement about the program of a pool.
 *
 * @param poolHash Hash of the pool.
 */
export function poolName(poolHash: string): string {
  return `${poolNamePrefix}${poolHash}`;
}

/** The statement about the program of a pool, if there is one for a runtime and a policy. */
export function findPoolProgram(
  listing: Listing,
  { pool, runtime, policy }: Pick<BuildBase, "pool" | "runtime" | "policy">,
): Signed | undefined {
  return listing.get<Signed>(
    `SELECT artifact, genome, runtime, world, policy, signature FROM statements
      WHERE genome = ? AND runtime = ? AND policy = ?`,
    poolName(pool),
    runtime,
    policy,
  );
}

/**
 * Makes and signs the program of the present pool, unless it is there.
 *
 * Needs read and write permission for the store.
 *
 * @param world Hash of the pool's world.
 * @param make Bundles the program.
 * @returns Whether it was made.
 */
export async function ensurePoolProgram(
  listing: Listing,
  base: BuildBase,
  world: string,
  signer: Signer,
  make: () => Promise<string>,
): Promise<boolean> {
  const known = findPoolProgram(listing, base);
  if (known && await isIntact(artifactPath(base.store, known.artifact), known.artifact)) return false;
  const program = await make();
  const artifact = await sha256(program);
  const genome = poolName(base.pool);
  const statement = { artifact, genome, runtime: base.runtime, world, policy: base.policy };
  const signature = await signer.sign(statement);
  storeProgram(artifactPath(base.store, artifact), program);
  listing.transaction(() => {
    listing.run("DELETE FROM statements WHERE genome = ?", genome);
    putStatement(listing, { ...statement, signature });
  });
  return true;
}
