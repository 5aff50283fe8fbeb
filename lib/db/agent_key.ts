/**
 * What a disabled agent is known by: it stays disabled while its key stays the same.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";

/**
 * What an agent is made of, as one text: a disabled agent stays so until this is another one.
 *
 * @param reach What its genome reaches of the run's present pool; null: it does not fit it.
 */
export function agentKey(genomeHash: string, reach: string | null): string {
  return `${genomeHash}:${reach ?? ""}`;
}

/**
 * What an unfit folder is known by, since it has no genome to be known by: what is wrong with it. An agent disabled
 * under such a key becomes active again by `scan` alone, which looks at the folder.
 */
export function folderKey(issue: Issue): string {
  return `${inFolder}${issue.code}:${issue.path ?? ""}`;
}

/** Whether an agent is disabled for its folder. */
export function isFolderKey(key: string | null): boolean {
  return key !== null && key.startsWith(inFolder);
}

const inFolder = "folder:";
