/**
 * Where the template lies that a run is made from.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import { projectRoot } from "../run/paths.ts";

/** Defaults of a first `init`. */
export const initDefaults = { count: 100, template: "agent_template", active: 0.5 } as const;

/** Folder of the template: as asked for, as recorded, or the default; relative ones are within the project. */
export function templateFolder(listing: Listing | undefined, asked: string | undefined): string {
  const folder = asked ?? listing?.meta("template") ?? initDefaults.template;
  return folder.startsWith("/") ? folder : `${projectRoot}/${folder}`;
}

/** A template within the project is recorded relative to it, so that the project can be moved. */
export function recordable(folder: string): string {
  return folder.startsWith(`${projectRoot}/`) ? folder.slice(projectRoot.length + 1) : folder;
}
