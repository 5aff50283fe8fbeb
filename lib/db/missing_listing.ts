/**
 * What a step says where a run has no listing.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";
import { isAgentId } from "../run/id.ts";

/**
 * There is no listing, or an empty one: nothing was made yet, or it was lost while its agents are still there.
 *
 * Looks for agents where the step may read their folder.
 *
 * @param path Where it should be.
 */
export function missingListing(path: string): StepFailed {
  const agents = path.replace(/[^/]*\/[^/]*$/, "agents");
  if (!hasAgents(agents)) {
    const message = "There is no listing of agents here yet; run `deno task init` first.";
    return new StepFailed({ code: "listing.missing", message, path });
  }
  const message = "The listing of agents is lost, while folders of agents are still there; " +
    "put a backup in its place by `deno task restore FILE --force`.";
  return new StepFailed({ code: "listing.lost", message, path });
}

function hasAgents(folder: string): boolean {
  try {
    for (const { name } of Deno.readDirSync(folder)) if (isAgentId(name)) return true;
  } catch {
    // There is none, or this step may not look.
  }
  return false;
}
