/**
 * An agent as a module for the user's own program.
 *
 * @module
 */

import { keptGenome } from "../../agents/kept_genome.ts";
import type { JudgedGenome } from "../../db/best_agent.ts";
import type { Listing } from "../../db/listing.ts";
import type { Pool } from "../../genome/pool.ts";
import type { AgentShown } from "../../records/shown.ts";
import type { RunPaths } from "../../run/paths.ts";
import { deriveSeed } from "../../runtime/random.ts";
import { loadVerifier } from "../../signing/sign.ts";
import { Artifacts, presentFacts } from "../../toolchain/artifacts.ts";
import type { ModuleLanguage } from "../../toolchain/code_module.ts";

/**
 * The text of a module with the genes and the world of an agent.
 *
 * It is put together from the signed kit of the pool, and none of it is run. Needs read permission for store, public key
 * and `lib/runtime`.
 *
 * @throws {StepFailed} If there is no signed kit, which `build` makes.
 */
export async function codeOf(
  listing: Listing,
  paths: RunPaths,
  pool: Pool,
  { genomeHash }: JudgedGenome,
  shown: AgentShown,
  language: ModuleLanguage,
): Promise<string> {
  const facts = await presentFacts(listing, pool);
  using artifacts = new Artifacts(listing, paths, await loadVerifier(paths.publicKey), facts, { readOnly: true });
  const cutter = await artifacts.cutter();
  return await cutter.module(keptGenome(listing, genomeHash)!, language, {
    about: aboutOf(shown, paths, facts.due),
    genomeSeed: pool.world.randomness === "genome"
      ? deriveSeed(listing.meta("seed") ?? "", "genome", genomeHash)
      : undefined,
  });
}

function aboutOf(
  shown: AgentShown,
  { name }: RunPaths,
  due: { readonly pool: string; readonly runtime: string },
): string[] {
  const { id, genomeHash, generation, objective, score, scoreCycles } = shown;
  const [what, value] = objective ? [`${objective.name} (${objective.sense})`, objective.value] : ["score", score];
  return [
    "An agent that the Evolve AI Orchestrator evolved: genes, world, and what plays them. It needs nothing else.",
    "",
    `agent     ${id}, generation ${generation}${name === undefined ? "" : `, of the run ${name}`}`,
    `genome    ${genomeHash}`,
    `${what.padEnd(9)} ${value ?? "none yet"}${value === null ? "" : `, the mean over cycles: ${scoreCycles}`}`,
    `template  ${due.pool}`,
    `runtime   ${due.runtime}`,
  ];
}
