/**
 * Builds the agents whose wiring was not built yet: links, checks, bundles and signs, once for each distinct content.
 *
 * @module
 */

import { KnownPools } from "../../template/known_pools.ts";
import { Listing } from "../../db/listing.ts";
import { formerPools } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import type { BatchResult, BatchTools } from "./batch.ts";
import { ensureControl } from "../../toolchain/control.ts";
import { admissionConditions, admissionOf, recordAdmission } from "../../toolchain/admission.ts";
import { type BuildBase, findDue, type Task } from "../../toolchain/due.ts";
import { buildPolicy } from "../../toolchain/policy.ts";
import {
  dataName,
  dropOutdated,
  ensureProgram,
  findProgram,
  judgeName,
  kitName,
  poolName,
  type ProgramBase,
  removeUnnamed,
  viewName,
} from "../../toolchain/programs.ts";
import { ensureRuntime } from "../../toolchain/runtime.ts";
import { mostProgram, programPath } from "../../signing/store.ts";
import { readTextLimited } from "../../util/files.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { loadSigner } from "../../signing/sign.ts";
import { Workshop } from "../../toolchain/workshop.ts";

// So many are entered by one transaction.
const batchSize = 200;

/** Options of `build`. */
export interface BuildOptions {
  /** Whether agents get a copy of their artifact, in `dist/`. @default false */
  readonly dist?: boolean;
}

/**
 * Builds what is due and makes the programs of the judge and of the whole pool where they are missing.
 *
 * An agent that can't be built is disabled with the reason; one whose wiring is stale is passed over and told of. Files
 * come first and then the listing, so that a build that is killed is done again from where the listing stands.
 *
 * Needs read permission for `lib/runtime`, the run's pools, the private key and agents' folders, read and write
 * permission for the listing and the store, write permission for agents' folders, and run permission for the tools.
 *
 * @throws {StepFailed} If a tool, the key or the run's template is missing or broken.
 */
export async function build(step: StepContext, { dist = false }: BuildOptions = {}): Promise<Counts> {
  const { paths } = step;
  using listing = Listing.open(paths.listing);
  const pool = presentPool(listing);
  const source = await runtimeHash();
  const base: BuildBase = {
    pool,
    former: formerPools(paths, pool),
    source,
    runtime: await ensureRuntime(listing, source, step.signal),
    policy: buildPolicy,
    store: paths.store,
  };
  const signer = await loadSigner(paths.privateKey);
  const pools = new KnownPools(paths, pool);
  const shared = { ...base, world: pools.pool.worldHash };
  await dropOutdated(listing, shared, signer);
  const admission = await admissionOf(listing, pool, source);
  if (admission === "former") {
    const { demandStillGood } = await import("../../toolchain/admit.ts");
    await demandStillGood(paths.store, pools, base.runtime, step.signal);
    recordAdmission(listing, pool, await admissionConditions(source));
  }
  const workshop = new Workshop(step, base, pools, admission !== undefined);
  const ensure = (name: string, make: () => Promise<string>) => ensureProgram(listing, shared, name, signer, make);
  const made = [
    await ensure(judgeName, () => workshop.judge()),
    await ensure(poolName(pool), () => workshop.pool()),
    await ensure(kitName(pool), () => workshop.kit()),
    pools.pool.view !== undefined && await ensure(viewName(pools.pool.view.hash), () => workshop.view()),
    pools.pool.data !== undefined && await ensure(dataName(pool), () => workshop.data()),
    await ensureControl(listing, base, pools.pool, workshop, signer),
  ].filter(Boolean).length;
  if (made > 0) removeUnnamed(listing, paths.store);
  const counts = { updates: made, built: 0, cached: 0, failed: 0, stale: 0 };
  const tasks = step.stages.time("find", () => findDue(listing, base, step.ids));
  if (tasks.length > 0) {
    await buildAll({ listing, base, workshop, signer, agents: paths.agents, stages: step.stages }, step, tasks, counts);
  }
  // What runs of versions before had of a template was never looked into as a whole.
  if (await workshop.foundGood()) recordAdmission(listing, pool, await admissionConditions(source));
  return dist ? { ...counts, dist: await copies(listing, step, shared, pools) } : counts;
}

async function buildAll(
  tools: BatchTools,
  step: StepContext,
  tasks: readonly Task[],
  counts: BuildCounts,
): Promise<void> {
  // Loaded only now: most builds of a run at rest end here.
  const [{ buildBatch }, { keep }] = await Promise.all([import("./batch.ts"), import("./keep.ts")]);
  for (let from = 0; from < tasks.length && !step.signal.aborted; from += batchSize) {
    const result = await buildBatch(tools, tasks.slice(from, from + batchSize));
    step.stages.time("keep", () => keep(tools, result));
    tell(step, result, counts);
    step.progress(Math.min(from + batchSize, tasks.length), tasks.length);
  }
}

/** Copies of artifacts for people; returns how many there are now. */
async function copies(listing: Listing, step: StepContext, base: ProgramBase, pools: KnownPools): Promise<number> {
  const [{ Cutter }, { writeDists }] = await Promise.all([import("../../toolchain/kit.ts"), import("./dist.ts")]);
  const { store, agents } = step.paths;
  const { artifact } = findProgram(listing, kitName(pools.present), base)!;
  const kit = await readTextLimited(programPath(store, artifact), mostProgram);
  return await writeDists(listing, agents, new Cutter(kit, pools.pool, base.runtime), step.ids);
}

type BuildCounts = Record<"updates" | "built" | "cached" | "failed" | "stale", number>;

function tell(step: StepContext, { agents }: BatchResult, counts: BuildCounts): void {
  for (const agent of agents) {
    const { row: { id } } = agent;
    if ("stale" in agent) {
      counts.stale++;
      step.emit({ type: "agent.built", id, ok: false, buildHash: null, cached: false, issue: agent.stale });
      continue;
    }
    const { buildHash, cached, issue } = agent;
    counts.updates++;
    counts[issue ? "failed" : cached ? "cached" : "built"]++;
    step.emit({
      type: "agent.built",
      id,
      ok: issue === undefined,
      buildHash,
      cached,
      ...(issue && { issue }),
    });
  }
}
