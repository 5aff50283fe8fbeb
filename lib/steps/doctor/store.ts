/**
 * Whether programs in the store are what their names say.
 *
 * @module
 */

import { dropStatement, signedStatements } from "../../db/signed_statements.ts";
import { sha256 } from "../../util/hash.ts";
import { isProgramName } from "../../toolchain/programs.ts";
import { mostProgram, programPath } from "../../signing/store.ts";
import { bad, type Issue } from "../../util/issue.ts";
import { infoOf, readIfWhole } from "../../util/files.ts";
import type { Finding, Inspection } from "../../agents/inspection.ts";

/** Finds programs that are missing or changed: `build` makes them again. */
export async function* checkStore({ listing, paths, quarantine }: Inspection): AsyncGenerator<Finding> {
  for (const { artifact, genome } of signedStatements(listing)) {
    if (!isProgramName(genome)) continue;
    const path = programPath(paths.store, artifact);
    const issue = await wrong(path, artifact);
    if (!issue) continue;
    const repair = () => {
      quarantine.take(path, `${genome.split(":")[0]}-${artifact}.js`);
      dropStatement(listing, artifact, genome);
    };
    yield { id: null, issue, repair, action: "it is due to be built again" };
  }
}

async function wrong(path: string, hash: string): Promise<Issue | undefined> {
  if (infoOf(path) === undefined) return bad("artifact.missing", "A program is missing from the store.", path).issue;
  const issue = bad("artifact.changed", "A program in the store is not the one that was built.", path).issue;
  const program = readIfWhole(path, mostProgram);
  return program && await sha256(program) === hash ? undefined : issue;
}
