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
import { buildHash } from "../db/build_key.ts";
import { findBuild, putBuild } from "../db/builds.ts";
import { findStatement, putStatement } from "../db/signed_statements.ts";
import type { BuildBase } from "./due.ts";
import type { Signer } from "../signing/sign.ts";
import type { Workshop } from "./workshop.ts";

/** What the control is run by. */
export interface ControlProgram {
  /** The key of its content. */
  readonly buildHash: string;
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
  const found = findStatement(listing, { genome: genomeHash, runtime, world: pool.worldHash, policy });
  return found && { buildHash: found.artifact, genomeHash, genome };
}

/**
 * Builds and signs the control, unless it is.
 *
 * @returns Whether it was.
 * @throws {StepFailed} If it can't be built, which no agent then can.
 */
export async function ensureControl(
  listing: Listing,
  { runtime, policy }: BuildBase,
  pool: Pool,
  workshop: Workshop,
  signer: Signer,
): Promise<boolean> {
  const { genome, genomeHash } = await genomeOf(pool);
  const signed = findStatement(listing, { genome: genomeHash, runtime, world: pool.worldHash, policy });
  if (signed && await signer.verify(signed, signed.signature)) return false;
  const [derived] = await workshop.derive([genome]);
  if (!derived!.ok) throw unbuilt(derived!.issue);
  const { key } = derived!.value;
  const hash = await buildHash(key, runtime);
  // What was compiled before, as for another key to sign with, is compiled no more.
  const known = findBuild(listing, hash);
  const issue = known === undefined ? (await workshop.compile([derived!.value])).get(key) : known;
  if (issue) throw unbuilt(issue);
  const statement = { artifact: hash, genome: genomeHash, runtime, world: pool.worldHash, policy };
  const signature = await signer.sign(statement);
  listing.transaction(() => {
    putBuild(listing, hash, undefined);
    putStatement(listing, { ...statement, signature });
  });
  return true;
}

async function genomeOf(pool: Pool): Promise<Omit<ControlProgram, "buildHash">> {
  const genome = controlGenome(pool);
  return { genome, genomeHash: await sha256(genome) };
}

function unbuilt(issue: Issue): StepFailed {
  return new StepFailed({ ...issue, message: `Cannot build the world without any gene: ${issue.message}` });
}
