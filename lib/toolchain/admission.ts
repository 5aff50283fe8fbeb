/**
 * Which pools were found to be good, and under what: a line of the listing, so that it lasts as long as what it is about.
 *
 * @module
 */

import { sha256Now } from "../util/hash_now.ts";
import type { Listing } from "../db/listing.ts";
import { projectRoot } from "../run/paths.ts";
import { buildPolicy } from "./policy.ts";

/** What a pool was admitted under: `present`, something else (`former`), or it never was. */
export type Admission = "present" | "former" | undefined;

/** What the listing tells of a pool; runs of versions before this have nothing of it. Needs read permission for `lib/`. */
export function admissionOf(listing: Listing, pool: string, runtime: string): Admission {
  const known = listing.meta(`admitted:${pool}`);
  return known === undefined ? undefined : known === conditions(runtime) ? "present" : "former";
}

/** Records that a pool was found to be good, with the present contract, audit and tools. Needs read permission for `lib/`. */
export function recordAdmission(listing: Listing, pool: string, runtime: string): void {
  listing.setMeta(`admitted:${pool}`, conditions(runtime));
}

function conditions(runtime: string): string {
  return `${runtime} ${auditHash()} ${buildPolicy}`;
}

/** Hash of the modules that read and audit a template's code. */
function auditHash(): string {
  const folder = `${projectRoot}/lib/source`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return sha256Now(
    new TextEncoder().encode(names.map((name) => Deno.readTextFileSync(`${folder}/${name}`)).join("\0")),
  );
}
