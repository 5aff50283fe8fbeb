/**
 * Files that killed steps left unfinished.
 *
 * @module
 */

import { subfolders, unfinished } from "../../run/layout.ts";
import { removeFolder } from "../../util/files.ts";
import { bad } from "../../util/issue.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import { type Finding, type Inspection, list } from "../../agents/inspection.ts";

/** Finds what steps write beside its place and did not rename; no step reads it. */
export function* checkLeftovers({ paths }: Inspection): Generator<Finding> {
  const { agents, logs, reports, store, template, workspace } = paths;
  const pools = [template, ...["sources", "data", "pools"].map((kind) => `${template}/${kind}`)];
  for (const folder of [workspace, agents, logs, reports, ...pools, `${store}/programs`]) yield* left(folder, null);
  for (const { name, isDirectory } of list(agents)) {
    if (!isDirectory || name.startsWith(unfinished)) continue;
    yield* left(`${agents}/${name}`, name);
    for (const below of subfolders) yield* left(`${agents}/${name}/${below}`, name);
  }
}

function* left(folder: string, id: string | null): Generator<Finding> {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(unfinished)) continue;
    const path = `${folder}/${name}`;
    yield {
      ...bad("leftover", "A killed step has left something unfinished.", path),
      id,
      repair: () => removeFolder(path),
      action: "it was removed",
    };
  }
}

/** What can't be looked at in an agent's folder is for the look at that agent to tell of. */
function namesIn(folder: string): string[] {
  try {
    return list(folder).map(({ name }) => name);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    return [];
  }
}
