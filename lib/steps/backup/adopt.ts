/**
 * Makes a run of what a backup holds.
 *
 * @module
 */

import { infoOf } from "../../util/files.ts";
import { genomeFile } from "../../run/layout.ts";
import { Listing } from "../../db/listing.ts";
import { projectRoot, type RunPaths } from "../../run/paths.ts";
import { FolderBuilder } from "../../agents/folder_builder.ts";
import { type ListedAgent, listedAgents } from "../../db/listed_agents.ts";
import { storePool } from "../../template/pool_store.ts";
import { folderKey, isFolderKey } from "../../db/agent_key.ts";
import { rekey } from "../../db/transitions/status.ts";
import { missingFolder } from "../../agents/walk.ts";
import { loadVerifier, type Verifier } from "../../signing/sign.ts";
import { dropCursors, logCursor } from "../../db/cursors.ts";
import { forgetAllPending } from "../../db/pending_files.ts";
import { forgetFacts } from "../../db/sources.ts";
import { forgetFolders } from "../../db/stamps.ts";
import {
  dropStatement,
  dropUnprovedBuilds,
  type SignedStatement,
  signedStatements,
} from "../../db/signed_statements.ts";
import { readPool } from "../../template/read_pool.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { list } from "../../agents/inspection.ts";
import { refuse } from "./format.ts";
import { removeUnnamed } from "../../toolchain/programs.ts";
import type { Staging } from "./staging.ts";

/** What became of a backup's contents. */
export interface Adopted {
  /** Agents whose folders were made. */
  readonly folders: number;
  /** Whether programs are to be built and signed again, since they were signed with another key. */
  readonly unsigned: boolean;
}

/**
 * Audits the pools of a backup and takes them into the store.
 *
 * What is known of a template is trusted by all steps, so it is no part of a backup: it is found out again from the code.
 *
 * @throws {StepFailed} If a pool is not the one that its name says, or its code may not be used.
 */
export async function auditTemplates(staging: Staging): Promise<void> {
  const { template } = staging.paths;
  const hashes = list(template).map(({ name }) => name);
  if (!poolsOf(staging.paths).every((hash) => hashes.includes(hash))) {
    throw refuse("archive.template", "it must hold the template that its run has");
  }
  for (const hash of hashes) {
    const place = `${template}/${hash}`;
    const offered = await audited(place);
    if (offered.hash !== hash) throw refuse("archive.template", `its template ${hash} must have that hash`);
    await storePool(staging.paths, place, offered);
    Deno.removeSync(place, { recursive: true });
  }
}

/** The present pool, and the one that waits for the next cycle. */
function poolsOf({ listing }: RunPaths): string[] {
  using open = Listing.open(listing);
  return [open.meta("pool"), open.meta("next")].filter((hash) => hash !== undefined);
}

async function audited(folder: string) {
  try {
    return await readPool(folder);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    throw refuse("archive.template", `its template may not be used: ${error.issue.message}`, error);
  }
}

/**
 * Brings a listing into the state of a run that nothing is at work on, and makes the folders of its agents.
 *
 * Statements that this project's key has not signed are dropped, and so is what `build` and `scan` keep to save work, as
 * far as it is not proved by a statement: the maker of a backup could have written there what a program is built from.
 */
export async function adopt(staging: Staging, place: RunPaths): Promise<Adopted> {
  using listing = Listing.open(staging.paths.listing);
  const unsigned = await dropStatements(listing, place.publicKey);
  removeUnnamed(listing, staging.paths.store);
  listing.transaction(() => {
    forgetFacts(listing);
    forgetAllPending(listing);
    forgetFolders(listing);
    // The log of events is written again from the listing, since it is no part of a backup.
    dropCursors(listing, [logCursor]);
    moveTemplate(listing);
    listing.dropMeta("runtime");
  });
  return { folders: await makeFolders(listing, staging, place), unsigned };
}

async function dropStatements(listing: Listing, publicKey: string): Promise<boolean> {
  const verifier = await verifierOf(publicKey);
  const wrong: SignedStatement[] = [];
  for (const statement of signedStatements(listing)) {
    if (!verifier || !await isSigned(verifier, statement)) wrong.push(statement);
  }
  listing.transaction(() => {
    for (const { artifact, genome } of wrong) dropStatement(listing, artifact, genome);
    dropUnprovedBuilds(listing);
  });
  return wrong.length > 0;
}

async function isSigned(verifier: Verifier, row: SignedStatement): Promise<boolean> {
  return await verifier.verify(row, row.signature).catch(() => false);
}

async function verifierOf(publicKey: string): Promise<Verifier | undefined> {
  try {
    return await loadVerifier(publicKey);
  } catch (error) {
    if (error instanceof StepFailed) return undefined;
    throw error;
  }
}

/** A template somewhere on another machine can't be read again; the default one can. */
function moveTemplate(listing: Listing): void {
  const template = listing.meta("template");
  if (template === undefined || infoOf(template.startsWith("/") ? template : `${projectRoot}/${template}`)) return;
  listing.dropMeta("template");
}

async function makeFolders(listing: Listing, staging: Staging, place: RunPaths): Promise<number> {
  const builder = await FolderBuilder.open(staging.paths, listing, place.agents);
  let made = 0;
  for (const agent of listedAgents(listing)) {
    if (isBuildable(agent, builder) && builder.build(agent)) {
      made++;
      takeEdited(staging, agent.id);
    } else stayMissing(listing, agent, place.agents);
  }
  return made;
}

/** What was wrong with a folder can't be made again: the agent stays disabled for the reason that it has. */
function isBuildable({ status, disabledKey, codeHash }: ListedAgent, { known }: FolderBuilder): boolean {
  return status === "active" || (!isFolderKey(disabledKey) && known.has(codeHash));
}

function stayMissing(listing: Listing, { id, disabledKey }: ListedAgent, agents: string): void {
  if (!isFolderKey(disabledKey)) return;
  rekey(listing, id, folderKey(missingFolder(`${agents}/${id}`)));
}

function takeEdited({ genomes, paths: { agents } }: Staging, id: string): void {
  if (infoOf(`${genomes}/${id}.bin`)) Deno.renameSync(`${genomes}/${id}.bin`, `${agents}/${id}/${genomeFile}`);
}
