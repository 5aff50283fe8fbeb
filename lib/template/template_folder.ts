/**
 * Where the template lies that a run is made from.
 *
 * @module
 */

import { Listing } from "../db/listing.ts";
import { projectRoot, type RunPaths } from "../run/paths.ts";
import { isFile } from "../util/files.ts";

/** Defaults of a first `init`. */
export const initDefaults = { count: 100, template: "agent_template", active: 0.5 } as const;

/** Folder of the template: as asked for, as recorded, or the default; relative ones are within the project. */
export function templateFolder(listing: Listing | undefined, asked: string | undefined): string {
  const folder = asked ?? listing?.meta("template") ?? initDefaults.template;
  return folder.startsWith("/") ? folder : `${projectRoot}/${folder}`;
}

/** Folder of the template of a run that may not be there. Needs read permission for the listing. */
export function presentTemplateFolder({ listing: path }: RunPaths): string {
  if (!isFile(path)) return templateFolder(undefined, undefined);
  using listing = Listing.open(path, { readOnly: true });
  return templateFolder(listing, undefined);
}

/** A template within the project is recorded relative to it, so that the project can be moved. */
export function recordable(folder: string): string {
  return folder.startsWith(`${projectRoot}/`) ? folder.slice(projectRoot.length + 1) : folder;
}
