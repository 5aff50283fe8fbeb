/**
 * The program of the control: the world with no gene, signed as that of any agent is.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { Listing } from "../db/listing.ts";
import { controlGenome } from "../genome/control.ts";
import type { Pool } from "../genome/pool.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { putBuild, putStatement } from "./commit.ts";
import type { Outcome } from "./compile.ts";
import type { Derived } from "./derive.ts";
import type { BuildBase } from "./due.ts";
import type { Signer } from "../signing/sign.ts";
import { artifactPath, isIntact } from "../signing/store.ts";
import type { Workshop } from "./workshop.ts";

/** What the control is run by. */
export interface ControlProgram {
  /** SHA-256 of its artifact. */
  readonly artifact: string;
  /** SHA-256 of its genome. */
  readonly genomeHash: string;
  readonly genome: Uint8Array;
}

/**
 * The signed control of a pool, if `build` has made one.
 *
 * @param base Hash of the runtime, and the policy.
 */
export async function findControl(
  listing: Listing,
  pool: Pool,
  { runtime, policy }: Pick<BuildBase, "runtime" | "policy">,
): Promise<ControlProgram | undefined> {
  const { genome, genomeHash } = await genomeOf(pool);
  const row = listing.get<{ artifact: string }>(
    "SELECT artifact FROM statements WHERE genome = ? AND runtime = ? AND world = ? AND policy = ? LIMIT 1",
    genomeHash,
    runtime,
    pool.worldHash,
    policy,
  );
  return row && { ...row, genomeHash, genome };
}

/**
 * Makes and signs the control, unless it is there.
 *
 * Needs read and write permission for the store.
 *
 * @returns Whether it was made.
 * @throws {StepFailed} If it can't be built, which no agent then can.
 */
export async function ensureControl(
  listing: Listing,
  base: BuildBase,
  pool: Pool,
  workshop: Workshop,
  signer: Signer,
): Promise<boolean> {
  const known = await findControl(listing, pool, base);
  if (known && await isIntact(artifactPath(base.store, known.artifact), known.artifact)) return false;
  const { genome, genomeHash } = await genomeOf(pool);
  const [derived] = await workshop.derive([genome]);
  if (!derived!.ok) throw unbuilt(derived!.issue);
  const outcome = await compiled(listing, base, workshop, derived!.value);
  if ("issue" in outcome) throw unbuilt(outcome.issue);
  const { artifact } = outcome;
  const statement = {
    artifact,
    genome: genomeHash,
    runtime: base.runtime,
    world: pool.worldHash,
    policy: base.policy,
  };
  const signature = await signer.sign(statement);
  listing.transaction(() => {
    putBuild(listing, derived!.value.key, outcome);
    putStatement(listing, { ...statement, signature });
  });
  return true;
}

async function genomeOf(pool: Pool): Promise<Omit<ControlProgram, "artifact">> {
  const genome = controlGenome(pool);
  return { genome, genomeHash: await sha256(genome) };
}

/** What was compiled before, as for another key to sign with, is compiled no more. */
async function compiled(
  listing: Listing,
  { store }: BuildBase,
  workshop: Workshop,
  derived: Derived,
): Promise<Outcome> {
  const row = listing.get<{ artifact: string | null }>("SELECT artifact FROM builds WHERE key = ?", derived.key);
  if (row?.artifact && await isIntact(artifactPath(store, row.artifact), row.artifact)) {
    return { artifact: row.artifact };
  }
  return (await workshop.compile([derived])).get(derived.key)!;
}

function unbuilt(issue: Issue): StepFailed {
  return new StepFailed({ ...issue, message: `Cannot build the world without any gene: ${issue.message}` });
}
