/**
 * Which pools were found to be good, and under what: a line of the listing, so that it lasts as long as what it is about.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { Listing } from "../db/listing.ts";
import { projectRoot } from "../run/paths.ts";
import { buildPolicy } from "./policy.ts";

/** What a pool was admitted under: `present`, something else (`former`), or it never was. */
export type Admission = "present" | "former" | undefined;

/** What the listing tells of a pool; runs of versions before this have nothing of it. Needs read permission for `lib/`. */
export async function admissionOf(listing: Listing, pool: string, runtime: string): Promise<Admission> {
  const known = listing.meta(`admitted:${pool}`);
  return known === undefined ? undefined : known === await admissionConditions(runtime) ? "present" : "former";
}

/**
 * Records that a pool was found to be good.
 *
 * @param conditions Under what, from {@linkcode admissionConditions}.
 */
export function recordAdmission(listing: Listing, pool: string, conditions: string): void {
  listing.setMeta(`admitted:${pool}`, conditions);
}

/** What a pool is admitted under: the present contract, audit and tools. Needs read permission for `lib/`. */
export async function admissionConditions(runtime: string): Promise<string> {
  return `${runtime} ${await auditHash()} ${buildPolicy}`;
}

/** Hash of the modules that read and audit a template's code. */
async function auditHash(): Promise<string> {
  const folder = `${projectRoot}/lib/source`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return await sha256(names.map((name) => Deno.readTextFileSync(`${folder}/${name}`)).join("\0"));
}
