/**
 * Keeps what a batch of agents was built to.
 *
 * @module
 */

import { presentCycle } from "../../db/cycle.ts";
import type { BatchResult, BatchTools } from "./batch.ts";
import { putBuild } from "../../db/builds.ts";
import { putStatement } from "../../db/signed_statements.ts";
import { putAgent } from "../../toolchain/commit.ts";
import { writeDist } from "./dist.ts";

/**
 * Writes what a batch came to into the listing, in one transaction. A copy of an artifact that an agent no longer is built as
 * is removed first.
 *
 * Needs read and write permission for the agents' folders and the listing.
 */
export function keep({ listing, base, agents: folder }: BatchTools, { agents, builds, statements }: BatchResult): void {
  for (const agent of agents) {
    const isOther = !("stale" in agent) && agent.buildHash !== agent.row.buildHash;
    if (isOther) writeDist(`${folder}/${agent.row.id}`, undefined);
  }
  listing.transaction(() => {
    const cycle = presentCycle(listing);
    for (const [hash, issue] of builds) putBuild(listing, hash, issue);
    for (const statement of statements) putStatement(listing, statement);
    for (const agent of agents) if (!("stale" in agent)) putAgent(listing, cycle, base, agent);
  });
}
