/**
 * Whether programs in the store are what their names say.
 *
 * @module
 */

import { dropStatement, forgetArtifact } from "../../db/signed_statements.ts";
import { sha256 } from "../../util/hash.ts";
import { distFile } from "../../run/layout.ts";
import { judgeName } from "../../toolchain/judge.ts";
import { poolNamePrefix } from "../../toolchain/pool_program.ts";
import { artifactPath, judgePath, mostProgram, storeProgram } from "../../signing/store.ts";
import { bad, type Issue } from "../../util/issue.ts";
import { infoOf, readIfWhole } from "../../util/files.ts";
import type { Finding, Patient } from "../../agents/finding.ts";

/** Finds programs that are missing or changed: `build` makes them again, where no agent has a copy. */
export async function* checkStore(patient: Patient): AsyncGenerator<Finding> {
  yield* checkArtifacts(patient);
  yield* checkShared(patient);
}

async function* checkArtifacts(patient: Patient): AsyncGenerator<Finding> {
  const { listing, paths } = patient;
  // What is not signed is due to be built anyway.
  const used = listing.all<{ hash: string }>(
    `SELECT DISTINCT build_hash AS hash FROM agents WHERE status <> 'dead'
      AND build_hash IN (SELECT artifact FROM statements) ORDER BY build_hash`,
  );
  for (const { hash } of used) {
    const path = artifactPath(paths.store, hash);
    const issue = await wrong(path, hash);
    if (!issue) continue;
    const copy = await copyOf(patient, hash);
    const mend = () => {
      patient.lost.take(path, `artifact-${hash}.js`);
      if (copy !== undefined) return storeProgram(path, copy);
      listing.transaction(() => forgetArtifact(listing, hash));
    };
    yield { id: null, issue, mend, done: copy === undefined ? "it is due to be built again" : "an agent had a copy" };
  }
}

/** Programs that are nobody's own: of judges and of whole pools. */
async function* checkShared({ listing, paths, lost }: Patient): AsyncGenerator<Finding> {
  const signed = listing.all<{ artifact: string; genome: string; world: string; runtime: string }>(
    `SELECT artifact, genome, world, runtime FROM statements WHERE genome = ? OR genome LIKE '${poolNamePrefix}%'
      ORDER BY artifact`,
    judgeName,
  );
  for (const { artifact, genome, world, runtime } of signed) {
    const isJudge = genome === judgeName;
    const path = isJudge ? judgePath(paths.store, world, runtime) : artifactPath(paths.store, artifact);
    const issue = await wrong(path, artifact);
    if (!issue) continue;
    const mend = () => {
      lost.take(path, `${isJudge ? "judge" : "pool"}-${artifact}.js`);
      dropStatement(listing, artifact, genome);
    };
    yield { id: null, issue, mend, done: "it is due to be built again" };
  }
}

async function wrong(path: string, hash: string): Promise<Issue | undefined> {
  if (infoOf(path) === undefined) return bad("artifact.missing", "A program is missing from the store.", path).issue;
  const issue = bad("artifact.changed", "A program in the store is not the one that was built.", path).issue;
  const program = readIfWhole(path, mostProgram);
  return program && await sha256(program) === hash ? undefined : issue;
}

/** The same program in the folder of an agent that was built as it. */
async function copyOf({ listing, paths }: Patient, hash: string): Promise<Uint8Array | undefined> {
  const agents = listing.all<{ id: string }>(
    "SELECT id FROM agents WHERE build_hash = ? AND status <> 'dead' ORDER BY ordinal LIMIT 8",
    hash,
  );
  for (const { id } of agents) {
    const path = `${paths.agents}/${id}/${distFile}`;
    const program = readIfWhole(path, mostProgram);
    if (program && await sha256(program) === hash) return program;
  }
}
