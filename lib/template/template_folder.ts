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

/** What a run's agents are made from. */
export interface Beginning {
  /** Folder of the template. */
  readonly template: string;
  /** How many agents there were to be. */
  readonly count: number;
  /** Chance that a gene starts active. */
  readonly active: number;
}

/** What the agents of a run are made from; where there is none yet, what `init` would take. Needs read permission for the listing. */
export function presentBeginning({ listing: path }: RunPaths): Beginning {
  if (!isFile(path)) return { ...initDefaults, template: templateFolder(undefined, undefined) };
  using listing = Listing.open(path, { readOnly: true });
  return {
    template: templateFolder(listing, undefined),
    count: Number(listing.meta("size") ?? initDefaults.count),
    active: Number(listing.meta("active") ?? initDefaults.active),
  };
}

/** A template within the project is recorded relative to it, so that the project can be moved. */
export function recordable(folder: string): string {
  return folder.startsWith(`${projectRoot}/`) ? folder.slice(projectRoot.length + 1) : folder;
}
