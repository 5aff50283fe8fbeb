/**
 * Creates a population from a template.
 *
 * @module
 */

import type { DataCost } from "../../isolation/data.ts";
import { isFile } from "../../util/files.ts";
import type { Pool } from "../../genome/pool.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { overWorkers } from "../../step/pool.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { admissionOf } from "../../toolchain/admission.ts";
import { loadConfig } from "../../run/config.ts";
import { lastCycle } from "../../db/cycle.ts";
import { demandOutput } from "../../template/evidence.ts";
import type { Asked } from "./from.ts";
import { InitLog } from "./init_log.ts";
import type { InitOptions } from "./init_options.ts";
import { prepare } from "./init_prepare.ts";
import { staleContract } from "../../template/contract_copy.ts";
import { templateFolder } from "../../template/template_folder.ts";
import { register } from "./init_register.ts";
import type { Created, CreateOrder } from "../../agents/create_worker.ts";
import { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { demandSpace, spaceOfAgent } from "../../run/preflight.ts";
import { StepFailed } from "../../util/issue.ts";
import { loadCode } from "../../template/pool_sources.ts";
import { loadPool, manifestPath, storedView } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";

// Large enough that messages cost nothing, small enough that workers end together.
const batch = 50;
const roomIsPlenty = 1000;

/**
 * Creates agents until the population has the size that is asked for; those that exist are not touched.
 *
 * Can be killed at any instant: the next run goes on from what is listed.
 *
 * @throws {Misuse} If the template can't be used, or the seed is another one than the run's.
 * @throws {StepFailed} If there is no room, or there are agents without a listing.
 */
export async function init(step: StepContext, options: InitOptions): Promise<Counts> {
  const { readPool } = await import("../../template/read_pool.ts");
  const { paths } = step;
  const template = recordedTemplate(paths, options.template);
  const offered = await readPool(template, (hash, { message }) => {
    const isKnown = isFile(manifestPath(paths, hash));
    if (isKnown) step.say(`warning: isolations may differ. ${message}`);
    return isKnown;
  }, step.signal);
  demandOutput(offered.world, await loadConfig(paths));
  const given = options.from && await (await import("./from.ts")).readAsked(paths, options.from, options, offered);
  const stale = await staleContract(template);
  if (stale !== undefined) step.say(stale);
  const runtime = await runtimeHash();
  let cost: DataCost | undefined;
  if (!await isAdmitted(paths, offered, runtime)) {
    const { admit } = await import("../../toolchain/admit.ts");
    const data = await step.stages.time("check", () => admit(paths.store, template, offered, runtime, step.signal));
    cost = data?.cost;
    if (data) await (await import("./init_data.ts")).sayCost(step, data);
  }
  for (const folder of [paths.agents, paths.logs, paths.workspace, paths.store, paths.template]) {
    await Deno.mkdir(folder, { recursive: true });
  }
  using listing = Listing.open(paths.listing, { create: true });
  const recordGiven = given && await recorderOf(step, listing, given, offered);
  const { order, target, updates } = await prepare(step, listing, {
    ...options,
    template,
    pool: offered,
    runtime,
    data: cost,
    recordGiven,
  });
  const pool = presentPool(listing);
  const present = loadPool(paths, pool);
  const missing = Math.max(0, target - order.from);
  if (missing > roomIsPlenty) {
    const code = await loadCode(paths, present);
    const each = spaceOfAgent(code.map(({ bytes }) => bytes.length));
    const space = { bytes: missing * each.bytes, files: missing * each.files };
    await demandSpace(paths.root, space, (words) => {
      const message = `Cannot make ${missing} agents as there must be ${words}.`;
      return new StepFailed({ code: "init.space", message, path: paths.root });
    });
  }
  if (missing === 0) {
    step.say(`the population has its ${order.from} agents already.`);
    return { updates, created: 0, agents: order.from, draws: 0, viable: 0 };
  }
  if (!present.files.some((file) => file.functions.some((gene) => gene.phase === "birth"))) {
    step.say("no gene of the template has phase birth, so no agent will have children.");
  }
  const placed = listing.meta("from") === undefined
    ? []
    : (await import("./from.ts")).placedGenomes(paths, listing, present, order.from);
  const made = await create(step, listing, present, { ...order, pool, runtime, given: placed }, target);
  if (made.draws > 0) {
    step.say(`${made.viable} of ${made.draws} genomes drawn were viable (${percent(made.viable, made.draws)}).`);
  }
  const isWhole = order.from + made.created >= target;
  if (isWhole && listing.meta("from") !== undefined) (await import("./plan.ts")).closePlan(listing);
  return {
    updates: updates + made.created,
    agents: target,
    ...made,
    ...(placed.length > 0 && { given: placed.length }),
  };
}

async function create(
  step: StepContext,
  listing: Listing,
  pool: Pool,
  { runtime, ...order }: Omit<CreateOrder, "to"> & { readonly runtime: string },
  target: number,
): Promise<{ created: number; draws: number; viable: number }> {
  const { paths } = step;
  const config = await loadConfig(paths);
  const islands = config.selection.islands?.count ?? 1;
  const began = performance.now();
  using log = new InitLog(`${paths.logs}/initialization.log`);
  const { given = [], ...settings } = order;
  log.write("init.began", {
    ...settings,
    ...(given.length > 0 && { given: given.map(({ from }) => from) }),
    to: target,
    workers: step.workers,
  });
  log.template(pool);
  const results = overWorkers<CreateOrder, Created[]>({
    module: new URL("../../agents/create_worker.ts", import.meta.url),
    inline: () => import("../../agents/create_worker.ts"),
    items: batches(order, target),
    workers: step.workers,
    permissions: { read: [paths.agents, paths.template], write: [paths.agents] },
    signal: step.signal,
    inlineBelow: 2,
    timed: (ms) => step.stages.add("make", ms),
  });
  const sum = { created: 0, draws: 0, viable: 0 };
  const cycles = cyclesOf(listing);
  for await (const agents of results) {
    step.stages.time(
      "list",
      () => register(listing, agents, { ...order, runtime, energy: config.energy.start, islands, ...cycles }),
    );
    for (const agent of agents) {
      sum.draws += agent.draws;
      sum.viable += agent.linked && !agent.given ? 1 : 0;
      const { index, id, genomeHash, draws, linked, metrics, given } = agent;
      const origin = given && { from: given.from, ...(given.ignored.length > 0 && { ignored: given.ignored }) };
      log.write("agent.created", {
        index,
        id,
        genomeHash,
        codeHash: pool.hash,
        buildKey: agent.buildKey,
        draws,
        linked,
        metrics,
        ...origin,
      });
      step.emit({
        type: "agent.created",
        id,
        ok: true,
        index,
        genomeHash,
        codeHash: pool.hash,
        draws,
        linked,
        ...origin,
      });
    }
    log.flush();
    sum.created += agents.length;
    step.progress(sum.created, target - order.from);
  }
  const ms = Math.round(performance.now() - began);
  log.write("init.finished", { ...sum, share: sum.viable / sum.draws, agents: target, ms });
  return sum;
}

/** Records genomes that are given, fitted to the pool that agents are made of: that may be still the one before. */
async function recorderOf(step: StepContext, listing: Listing, given: Asked, offered: Pool) {
  const { recordAsked } = await import("./from.ts");
  return (pool: string) =>
    recordAsked(step, listing, given, pool === offered.hash ? offered : loadPool(step.paths, pool));
}

/** Each pool is checked once, until contract or tools are others, or its world is drawn by another view. */
async function isAdmitted(paths: RunPaths, { hash, view }: Pool, runtime: string): Promise<boolean> {
  if (!isFile(paths.listing)) return false;
  using listing = Listing.open(paths.listing, { create: true });
  return await admissionOf(listing, hash, runtime) === "present" &&
    (view === undefined || view.hash === storedView(paths, hash));
}

/** A bad template is refused before anything is made, so the listing may not be there yet. */
function recordedTemplate(paths: RunPaths, asked: string | undefined): string {
  if (asked !== undefined || !isFile(paths.listing)) return templateFolder(undefined, asked);
  using listing = Listing.open(paths.listing, { create: true });
  return templateFolder(listing, undefined);
}

/** What is made while a cycle is under way still takes part in it, as those do that were born in the one before. */
function cyclesOf(listing: Listing): { readonly cycle: number; readonly born: number } {
  const last = lastCycle(listing);
  const cycle = last?.cycle ?? 0;
  return { cycle, born: last && last.state !== "closed" ? cycle - 1 : cycle };
}

function* batches(order: Omit<CreateOrder, "to">, target: number): Generator<CreateOrder> {
  const { given = [] } = order;
  for (let from = order.from; from < target; from += batch) {
    const to = Math.min(from + batch, target);
    yield { ...order, from, to, given: given.filter(({ index }) => from <= index && index < to) };
  }
}

function percent(part: number, whole: number): string {
  return `${(100 * part / whole).toFixed(1)} %`;
}
