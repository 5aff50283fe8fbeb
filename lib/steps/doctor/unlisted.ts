/**
 * Agents' folders that should not be there.
 *
 * @module
 */

import { removeFolder } from "../../util/files.ts";
import { isAgentId } from "../../run/id.ts";
import { bad } from "../../util/issue.ts";
import { type Finding, type Inspection, list } from "../../agents/inspection.ts";

/** Finds folders of agents that the listing does not know, and of dead agents that were removed. */
export function* checkUnlisted({ paths, listing, quarantine }: Inspection): Generator<Finding> {
  for (const { name: id } of list(paths.agents)) {
    if (!isAgentId(id)) continue;
    const path = `${paths.agents}/${id}`;
    const agent = listing.get<{ stage: string }>("SELECT stage FROM agents WHERE id = ?", id);
    // A folder that is planned was made and not entered yet: `select` makes it again.
    if (agent && agent.stage !== "removed") continue;
    if (!agent) {
      yield {
        ...bad("agent.unlisted", "No listing knows this agent's folder.", path),
        id,
        repair: () => quarantine.take(path, id),
        action: `it was moved to workspace/quarantine/${id}`,
      };
    } else {
      yield {
        ...bad("agent.removed", "This agent is dead, and its folder is still there.", path),
        id,
        repair: () => removeFolder(path),
        action: "it was removed, as all of it is in the listing",
      };
    }
  }
}
