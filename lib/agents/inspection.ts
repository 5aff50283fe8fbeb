/**
 * What `doctor` finds, and how it is repaired.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import type { RunPaths } from "../run/paths.ts";
import { infoOf } from "../util/files.ts";
import type { Issue } from "../util/issue.ts";

/** Something that is wrong with a run. */
export interface Finding {
  /** What is wrong. */
  readonly issue: Issue;
  /** The agent that it concerns, or null. */
  readonly id: string | null;
  /** Repairs it; absent: a person has to, as the issue's message says. */
  readonly repair?: () => unknown;
  /** What was done when it is repaired: the end of a sentence that begins with "repaired: ". */
  readonly action?: string;
}

/** What a check looks at. */
export interface Inspection {
  readonly paths: RunPaths;
  readonly listing: Listing;
  /** Where whatever stands in the way is put, by the agent's id: nothing but unfinished files is ever removed. */
  readonly quarantine: Quarantine;
}

/** Looks for one kind of damage, and goes on when what it found is repaired. */
export type Check = (inspection: Inspection) => AsyncIterable<Finding> | Iterable<Finding>;

/** The folder for what was in the way: `workspace/quarantine`. */
export class Quarantine {
  readonly #folder: string;

  constructor({ workspace }: Pick<RunPaths, "workspace">) {
    this.#folder = `${workspace}/quarantine`;
  }

  /**
   * Moves a file, a link or a folder away; links are not followed. What is there already is left alone.
   *
   * Needs read and write permission for it and for `workspace/quarantine`.
   *
   * @param path What is in the way; it need not be there.
   * @param name Its name in the folder, such as `ID/genome.bin`.
   */
  take(path: string, name: string): void {
    if (!infoOf(path)) return;
    for (let number = 1;; number++) {
      const place = `${this.#folder}/${name}${number === 1 ? "" : `-${number}`}`;
      if (infoOf(place)) continue;
      Deno.mkdirSync(place.slice(0, place.lastIndexOf("/")), { recursive: true });
      return Deno.renameSync(path, place);
    }
  }
}

/** What lies in a folder, sorted; nothing where there is no folder. */
export function list(folder: string): Deno.DirEntry[] {
  if (!infoOf(folder)?.isDirectory) return [];
  return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
}
