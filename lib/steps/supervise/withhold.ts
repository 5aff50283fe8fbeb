/**
 * What becomes of an evaluation whose artifact must not be started.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { disable } from "../../db/transitions/status.ts";
import { forgetBuild } from "../../db/builds.ts";
import { dropStatement } from "../../db/signed_statements.ts";
import { recordEvent } from "../../db/events.ts";
import type { Issue } from "../../util/issue.ts";
import type { Evaluation } from "./evaluation.ts";

/**
 * Has the artifact built again, and leaves the evaluation due: what lies in the store is not the agent's doing. Nothing
 * of what is known of the artifact is kept, so that `build` compiles and signs it anew; call it inside a transaction.
 *
 * A genome that is neither in the listing nor in the folder can't be built, so its agent is disabled.
 */
export function withhold(listing: Listing, cycle: number, evaluation: Evaluation, issue: Issue): void {
  if (!evaluation.genome) return void disable(listing, evaluation.id, cycle, issue);
  if (evaluation.buildHash !== null) {
    dropStatement(listing, evaluation.buildHash, evaluation.genomeHash);
    forgetBuild(listing, evaluation.buildHash);
  }
  recordEvent(listing, cycle, "artifact.refused", evaluation.id, {
    code: issue.code,
    reason: issue.message,
    artifact: evaluation.buildHash,
  });
}
