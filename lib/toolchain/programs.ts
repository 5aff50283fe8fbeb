/**
 * The programs of a run that many agents share: the judge, the program that draws, all genes of the pool in one, and the
 * kit that artifacts are cut from.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import {
  dropOtherPolicies,
  dropStatements,
  dropStatementsAbout,
  findStatement,
  hasOtherPolicies,
  putStatement,
  type SignedStatement,
  signedStatements,
} from "../db/signed_statements.ts";
import { forgetBuilds } from "../db/builds.ts";
import type { Signer } from "../signing/sign.ts";
import { isIntact, programPath, storeProgram } from "../signing/store.ts";
import { infoOf, removeFolder } from "../util/files.ts";
import { sha256 } from "../util/hash.ts";
import type { BuildBase } from "./due.ts";

/** What stands for the genome in a statement about the judge program. */
export const judgeName = "judge";

/** What stands for the genome in a statement about the program that holds all genes of a pool. */
export function poolName(poolHash: string): string {
  return `pool:${poolHash}`;
}

/** What stands for the genome in a statement about the kit of a pool. */
export function kitName(poolHash: string): string {
  return `kit:${poolHash}`;
}

/** What stands for the genome in a statement about the data of a pool's world. */
export function dataName(poolHash: string): string {
  return `data:${poolHash}`;
}

/** What stands for the genome in a statement about the program that draws. @param hash SHA-256 of the bytes of `view.ts`. */
export function viewName(hash: string): string {
  return `view:${hash}`;
}

/** Whether a text stands for a genome in a statement. */
export function isProgramName(genome: string): boolean {
  return genome === judgeName || /^(pool|kit|data|view):[0-9a-f]{64}$/.test(genome);
}

/** What a program belongs to. */
export type ProgramBase = Pick<BuildBase, "runtime" | "policy"> & {
  /** Hash of the pool's world. */
  readonly world: string;
};

/** The statement about a program, if there is one for a world, a runtime and a policy. */
export function findProgram(listing: Listing, name: string, base: ProgramBase): SignedStatement | undefined {
  return findStatement(listing, { genome: name, runtime: base.runtime, world: base.world, policy: base.policy });
}

/**
 * Makes and signs a program, unless it is there.
 *
 * Needs read and write permission for the store.
 *
 * @param make Its text.
 * @returns Whether it was made.
 */
export async function ensureProgram(
  listing: Listing,
  base: ProgramBase & Pick<BuildBase, "store">,
  name: string,
  signer: Signer,
  make: () => Promise<string>,
): Promise<boolean> {
  const known = findProgram(listing, name, base);
  if (known && await isSound(known, base.store, signer)) return false;
  const program = await make();
  const { runtime, world, policy } = base;
  const statement = { artifact: await sha256(program), genome: name, runtime, world, policy };
  const signature = await signer.sign(statement);
  storeProgram(programPath(base.store, statement.artifact), program);
  listing.transaction(() => {
    dropStatementsAbout(listing, name);
    putStatement(listing, { ...statement, signature });
  });
  return true;
}

async function isSound(known: SignedStatement, store: string, signer: Signer): Promise<boolean> {
  const { artifact, signature } = known;
  return await isIntact(programPath(store, artifact), artifact) && await signer.verify(known, signature);
}

/** Drops what was built under another policy, or signed with another key, so that it is built or signed anew. */
export async function dropOutdated(listing: Listing, base: ProgramBase, signer: Signer): Promise<void> {
  if (hasOtherPolicies(listing, base.policy)) {
    listing.transaction(() => {
      forgetBuilds(listing);
      dropOtherPolicies(listing, base.policy);
    });
  }
  const known = findProgram(listing, judgeName, base);
  if (known && !await signer.verify(known, known.signature)) dropStatements(listing);
}

/**
 * Removes programs that no statement names any more, and what earlier releases kept in the store.
 *
 * Needs read and write permission for the store.
 */
export function removeUnnamed(listing: Listing, store: string): void {
  const folder = programPath(store, "").replace(/\/[^/]*$/, "");
  const named = new Set(signedStatements(listing).map(({ artifact }) => `${artifact}.js`));
  for (const former of ["artifacts", "judges"]) removeFolder(`${store}/${former}`);
  if (!infoOf(folder)) return;
  for (const { name } of [...Deno.readDirSync(folder)]) {
    if (!named.has(name)) Deno.removeSync(`${folder}/${name}`, { recursive: true });
  }
}
