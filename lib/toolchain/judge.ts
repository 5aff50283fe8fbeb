/**
 * The judge program of a run, and what its statement tells of all others.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { Listing } from "../db/listing.ts";
import { putStatement, type Signed } from "./commit.ts";
import type { BuildBase } from "./due.ts";
import type { Signer } from "../signing/sign.ts";
import { isIntact, judgePath, storeProgram } from "../signing/store.ts";

/** What stands for the genome in a statement about a judge program. */
export const judgeName = "judge";

/**
 * Makes and signs the judge program, unless it is there.
 *
 * Needs read and write permission for the store.
 *
 * @param worldHash Hash of the pool's world.
 * @param make Bundles the program.
 * @returns Whether it was made.
 */
export async function ensureJudge(
  listing: Listing,
  base: BuildBase,
  worldHash: string,
  signer: Signer,
  make: () => Promise<string>,
): Promise<boolean> {
  dropPolicies(listing, base.policy);
  const path = judgePath(base.store, worldHash, base.runtime);
  const known = findStatement(listing, base, worldHash);
  if (known && !await signer.verify(known, known.signature)) {
    // Another key has signed it, and so all the others: none of them counts any more.
    listing.run("DELETE FROM statements");
  } else if (known && await isIntact(path, known.artifact)) return false;
  const program = await make();
  const statement = {
    artifact: await sha256(program),
    genome: judgeName,
    runtime: base.runtime,
    world: worldHash,
    policy: base.policy,
  };
  const signature = await signer.sign(statement);
  storeProgram(path, program);
  listing.transaction(() => {
    listing.run(
      "DELETE FROM statements WHERE genome = ? AND runtime = ? AND world = ?",
      judgeName,
      base.runtime,
      worldHash,
    );
    putStatement(listing, { ...statement, signature });
  });
  return true;
}

function findStatement(listing: Listing, base: BuildBase, worldHash: string): Signed | undefined {
  return listing.get<Signed>(
    `SELECT artifact, genome, runtime, world, policy, signature FROM statements
      WHERE genome = ? AND runtime = ? AND world = ?`,
    judgeName,
    base.runtime,
    worldHash,
  );
}

/** Forgets what was built under another policy: it is built again. */
function dropPolicies(listing: Listing, policy: string): void {
  if (!listing.get("SELECT 1 FROM statements WHERE policy <> ? LIMIT 1", policy)) return;
  listing.transaction(() => {
    listing.run("DELETE FROM builds");
    listing.run("DELETE FROM statements WHERE policy <> ?", policy);
  });
}
