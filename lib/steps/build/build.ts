/**
 * Builds the agents whose wiring was not built yet: links, checks, bundles and signs, once for each distinct content.
 *
 * @module
 */

import { KnownPools } from "../../template/known_pools.ts";
import { Listing } from "../../db/listing.ts";
import { formerPools, presentPool } from "../../template/template.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import type { BatchResult, BatchTools } from "./batch.ts";
import { ensureControl } from "../../toolchain/control.ts";
import { admissionOf, recordAdmission } from "../../toolchain/admission.ts";
import { type BuildBase, findDue } from "../../toolchain/due.ts";
import { discardArtifacts } from "./discard.ts";
import { ensureJudge } from "../../toolchain/judge.ts";
import { buildPolicy } from "../../toolchain/policy.ts";
import { ensurePoolProgram } from "../../toolchain/pool_program.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { loadSigner } from "../../signing/sign.ts";
import { Workshop } from "../../toolchain/workshop.ts";

// Artifacts are in memory until their batch is entered, so that their agents get copies of them.
const batchSize = 200;

/**
 * Builds what is due and makes the programs of the judge and of the whole pool where they are missing.
 *
 * An agent that can't be built is disabled with the reason; one whose wiring is stale is passed over and told of. Files
 * come first and then the listing, so that a build that is killed is done again from where the listing stands.
 *
 * Needs read permission for `lib/runtime`, the template's copies, the private key and agents' folders, read and write
 * permission for the listing and the store, write permission for agents' folders, and run permission for the tools.
 *
 * @throws {StepFailed} If a tool, the key or the run's template is missing or broken.
 */
export async function build(step: StepContext): Promise<Counts> {
  const { paths } = step;
  using listing = Listing.open(paths.listing);
  const pool = presentPool(listing);
  const source = await runtimeHash();
  const base: BuildBase = {
    pool,
    former: formerPools(paths, pool),
    source,
    runtime: source,
    policy: buildPolicy,
    store: paths.store,
  };
  discardArtifacts(listing, paths.store);
  const signer = await loadSigner(paths.privateKey);
  const pools = new KnownPools(paths, pool);
  const admission = admissionOf(listing, pool, base.runtime);
  if (admission === "former") {
    const { demandStillGood } = await import("../../toolchain/admit.ts");
    await demandStillGood(paths.store, paths.template, pools.pool, base.runtime, step.signal);
    recordAdmission(listing, pool, base.runtime);
  }
  const workshop = new Workshop(step, base, pools, admission !== undefined);
  const judged = await ensureJudge(listing, base, workshop.world, signer, () => workshop.judge());
  const pooled = await ensurePoolProgram(listing, base, workshop.world, signer, () => workshop.pool());
  const control = await ensureControl(listing, base, pools.pool, workshop, signer);
  const counts = { acted: [judged, pooled, control].filter(Boolean).length, built: 0, cached: 0, failed: 0, stale: 0 };
  const tasks = await step.stages.time("find", () => findDue(listing, base, step.ids));
  // What runs of versions before had of a template was never looked into as a whole.
  const note = async () => void (await workshop.foundGood() && recordAdmission(listing, pool, base.runtime));
  if (tasks.length === 0) {
    await note();
    return counts;
  }
  // Loaded only now: most builds of a run at rest end here.
  const [{ buildBatch }, { keep }] = await Promise.all([import("./batch.ts"), import("./keep.ts")]);
  const tools: BatchTools = { listing, base, workshop, signer, agents: paths.agents, stages: step.stages };
  for (let from = 0; from < tasks.length && !step.signal.aborted; from += batchSize) {
    const result = await buildBatch(tools, tasks.slice(from, from + batchSize));
    step.stages.time("keep", () => keep(tools, result));
    tell(step, result, counts);
    step.progress(Math.min(from + batchSize, tasks.length), tasks.length);
  }
  await note();
  return counts;
}

type BuildCounts = Record<"acted" | "built" | "cached" | "failed" | "stale", number>;

function tell(step: StepContext, { agents }: BatchResult, counts: BuildCounts): void {
  for (const agent of agents) {
    const { row: { id } } = agent;
    if ("stale" in agent) {
      counts.stale++;
      step.emit({ type: "agent.built", id, ok: false, buildHash: null, cached: false, issue: agent.stale });
      continue;
    }
    const { artifact, cached, issue } = agent;
    counts.acted++;
    counts[issue ? "failed" : cached ? "cached" : "built"]++;
    step.emit({
      type: "agent.built",
      id,
      ok: issue === undefined,
      buildHash: artifact,
      cached,
      ...(issue && { issue }),
    });
  }
}
