/**
 * The user's own modules in `plugins/`: they go into a backup, and come out of it beside those that are there.
 *
 * @module
 */

import { sha256 } from "../../util/hash.ts";
import { projectRoot } from "../../run/paths.ts";
import { bad, type Issue } from "../../util/issue.ts";
import { readFileLimitedSync, readIfWhole } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import { archiveLimits, type FileEntry, isPluginPath, pluginPrefix } from "./format.ts";
import type { Source } from "./write_archive.ts";

/** What of `plugins/` goes into a backup. */
export interface PluginSources {
  readonly sources: readonly Source[];
  /** What is left out of it, and why. */
  readonly issues: readonly Issue[];
}

const folderOfProject = `${projectRoot}/plugins`;

/**
 * Reads the files below `plugins/`; no link in it is followed, and `node_modules` and what begins with a dot are passed
 * over.
 *
 * Needs read permission for the folder.
 *
 * @param folder The folder. @default the project's
 */
export function pluginSources(folder: string = folderOfProject): PluginSources {
  const sources: Source[] = [];
  const issues: Issue[] = [];
  let bytes = 0;
  for (const name of filesBelow(folder)) {
    const content = readPlugin(folder, name);
    if (!(content instanceof Uint8Array)) issues.push(content);
    else if (sources.length === archiveLimits.plugins || bytes + content.length > archiveLimits.pluginBytes) {
      const { plugins, pluginBytes } = archiveLimits;
      const why = `a backup takes ${plugins} files of ${pluginBytes} bytes in all, so nothing after it either`;
      issues.push(leftOut(name, why));
      break;
    } else {
      bytes += content.length;
      sources.push({ path: `${pluginPrefix}${name}`, content });
    }
  }
  return { sources, issues };
}

/** Paths below a folder, sorted; a folder of a name that no backup has stands for what is in it. */
function* filesBelow(folder: string, below = ""): Generator<string> {
  for (const { name, isDirectory } of listed(`${folder}/${below}`)) {
    if (name.startsWith(".") || name === "node_modules") continue;
    if (isDirectory && isPluginPath(`${pluginPrefix}${below}${name}`)) yield* filesBelow(folder, `${below}${name}/`);
    else yield `${below}${name}`;
  }
}

function listed(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}

function readPlugin(folder: string, name: string): Uint8Array | Issue {
  if (!isPluginPath(`${pluginPrefix}${name}`)) {
    return leftOut(name, 'names must be of letters, digits, "_", "-" and ".", in at most 8 folders');
  }
  try {
    return readFileLimitedSync(`${folder}/${name}`, archiveLimits.plugin);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    return leftOut(name, error.message.replace(/\.$/, ""));
  }
}

function leftOut(name: string, why: string): Issue {
  const path = `${pluginPrefix}${name}`;
  return bad("backup.plugin", `${JSON.stringify(path)} is not in the backup: ${why}.`, path).issue;
}

/**
 * Those files of a backup's `plugins/` that the project does not have in the same bytes.
 *
 * Needs read permission for `plugins/`.
 */
export async function foreignPlugins(
  files: readonly FileEntry[],
  folder: string = folderOfProject,
): Promise<readonly FileEntry[]> {
  const foreign: FileEntry[] = [];
  for (const file of files) {
    if (!file.path.startsWith(pluginPrefix)) continue;
    const own = readIfWhole(`${folder}/${file.path.slice(pluginPrefix.length)}`, archiveLimits.plugin);
    if (!own || await sha256(own) !== file.sha256) foreign.push(file);
  }
  return foreign;
}

/** What the user is to do about such a file. @param place Where it lies now. */
export function foreignIssue({ path }: FileEntry, place: string): Issue {
  const message = `The backup's ${path} is not the project's own, and nothing runs it: it lies in ${place}; ` +
    `read it, and move it to ${path} if the run is to have it.`;
  return bad("restore.plugin", message, path).issue;
}
