/**
 * Keeps what a batch of agents was built to.
 *
 * @module
 */

import { presentCycle } from "../../db/cycle.ts";
import type { BatchResult, BatchTools } from "./batch.ts";
import { putAgent, putBuild, putStatement } from "../../toolchain/commit.ts";
import { writeDist } from "./dist.ts";
import { readIfWhole } from "../../util/files.ts";
import { artifactPath, mostProgram } from "../../signing/store.ts";

/**
 * Writes the copies into the agents' folders, then all of it into the listing, in one transaction.
 *
 * Needs read permission for the store, read and write permission for the agents' folders and the listing.
 */
export function keep({ listing, base, agents: folder }: BatchTools, { agents, builds, statements }: BatchResult): void {
  const programs = new Map<string, Uint8Array>();
  for (const made of builds.values()) if ("program" in made && made.program) programs.set(made.artifact, made.program);
  for (const agent of agents) {
    if ("stale" in agent) continue;
    const { row, artifact } = agent;
    if (artifact !== null && !programs.has(artifact)) {
      const program = readIfWhole(artifactPath(base.store, artifact), mostProgram);
      if (program) programs.set(artifact, program);
    }
    writeDist(`${folder}/${row.id}`, artifact === null ? undefined : programs.get(artifact));
  }
  listing.transaction(() => {
    const cycle = presentCycle(listing);
    for (const [key, outcome] of builds) putBuild(listing, key, outcome);
    for (const statement of statements) putStatement(listing, statement);
    for (const agent of agents) if (!("stale" in agent)) putAgent(listing, cycle, base, agent);
  });
}
