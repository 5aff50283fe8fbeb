/**
 * Supervises with residents: brings them up, lives what is due on them, and keeps them.
 *
 * @module
 */

import { lastCycle } from "../../db/cycle.ts";
import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { disable } from "../../db/transitions/status.ts";
import { loadVerifier } from "../../signing/sign.ts";
import { artifactPath } from "../../signing/store.ts";
import { recordEvent } from "../../db/events.ts";
import { Launcher } from "../../isolation/launcher.ts";
import { agentLimits } from "../../isolation/limits.ts";
import { endAll } from "../../isolation/residents/end_all.ts";
import type { Wanted } from "../../isolation/residents/entry.ts";
import { Keeper } from "../../isolation/residents/keeper.ts";
import type { News } from "../../isolation/residents/parts.ts";
import { sampleResidents } from "../../isolation/residents/samples.ts";
import { keepNobody } from "../../isolation/residents/table.ts";
import { watch } from "../../isolation/residents/watch.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { Artifacts } from "./artifacts.ts";
import { demandMachine } from "../../run/preflight.ts";
import type { RunFacts } from "./run_facts.ts";

/** How residents are supervised. */
export interface ResidentsOptions {
  /** Whether they are left to the next supervisor when all that is due is done; else they are kept until interrupted. */
  readonly once: boolean;
  /** Evaluates what is due on these residents. */
  readonly serve: (keeper: Keeper) => Promise<Counts>;
}

/** How many are started, adopted or asked at once, for each worker: a start waits for the disk and the kernel as well. */
const perWorker = 2;

/** How long residents may take to end when nobody is to keep them, in milliseconds. */
const patienceMs = 5000;

/**
 * Brings up the residents of all active agents, serves what is due, and leaves or keeps them.
 *
 * Needs read and write permission for the run's folder of residents, and what `supervise` needs.
 *
 * @throws {StepFailed} If the machine has too little for so many, does not start one, or one of them can't be ended.
 */
export async function superviseResidents(
  step: StepContext,
  listing: Listing,
  facts: RunFacts,
  { once, serve }: ResidentsOptions,
): Promise<Counts> {
  const { config, seed } = facts;
  const counts = { started: 0, adopted: 0, ended: 0 };
  const atOnce = step.workers * perWorker;
  const launcher = await Launcher.find(agentLimits(config));
  const keeper = await Keeper.open({
    listing,
    folder: step.paths.residents,
    options: config.residents,
    limits: agentLimits(config),
    deno: launcher.deno,
    steps: stepsOf(facts),
    seed,
    atOnce,
    signal: step.signal,
    tell: (news) => {
      if (news.type in counts) counts[news.type as keyof typeof counts]++;
      tell(step, listing, facts, news);
    },
  });
  const wanted = await wanting(listing, step.paths, facts);
  await demandMachine(launcher.machine, step.paths.listing, {
    processes: keeper.missing(wanted()),
    working: atOnce,
    memoryMiB: config.limits.memoryMiB,
    evaluations: 0,
    less: "fewer agents",
  }, step.say);
  await bringUp(keeper, wanted(), once);
  const served = await serve(keeper);
  // Lives may have disabled agents.
  if (!step.signal.aborted) await bringUp(keeper, wanted(), once);
  await keeper.settle();
  const sample = () => sampleResidents(listing, new Date());
  await sample();
  const up = keeper.up().length;
  if (!once) {
    step.say(`keeps ${up} residents until it is stopped.`);
    keeper.stay();
    await watch(keeper, { ...config.residents, atOnce, sample }, AbortSignal.any([step.signal, keeper.refused]));
    await keeper.end();
    keeper.refused.throwIfAborted();
  }
  return { ...served, ...counts, residents: up, acted: served.acted + counts.started + counts.ended };
}

/** Makes residents be what is wanted; where the machine refuses that, none is left that was to be kept. */
async function bringUp(keeper: Keeper, wanted: ReadonlyMap<string, Wanted>, once: boolean): Promise<void> {
  try {
    await keeper.want(wanted);
  } catch (error) {
    if (!once && keeper.refused.aborted) await keeper.end();
    throw error;
  }
}

/** Ends the residents that a former supervisor left; tells how many there were. */
export async function endResidents(listing: Listing, { residents }: RunPaths): Promise<number> {
  const { occupants } = await endAll(residents, patienceMs);
  listing.transaction(() => keepNobody(listing));
  return occupants.length;
}

interface Row {
  readonly id: string;
  readonly genome: string;
  readonly artifact: string;
  readonly fresh: number;
}

/** Agents that are to have a resident: all that live and are built. */
async function wanting(
  listing: Listing,
  { publicKey, store }: RunPaths,
  facts: RunFacts,
): Promise<() => Map<string, Wanted>> {
  const artifacts = new Artifacts(listing, store, await loadVerifier(publicKey));
  const { runtime, pool } = facts.due;
  const demands = { runtime, world: facts.pool.worldHash };
  const conditions = JSON.stringify([Deno.version.deno, stepsOf(facts), agentLimits(facts.config)]);
  return () =>
    new Map(
      listing.all<Row>(rows, runtime, pool).map(({ id, genome, artifact, fresh }) => [id, {
        as: `${artifact} ${conditions}`,
        artifact,
        path: artifactPath(store, artifact),
        fresh: fresh === 1,
        prove: async () => {
          const proof = await artifacts.prove({ artifact, genome, ...demands });
          return proof.ok ? undefined : proof.issue.message;
        },
      }]),
    );
}

const rows = `SELECT id, genome_hash AS genome, build_hash AS artifact,
    coalesce(built_from = genome_hash || ':' || reach || ':' || ? AND code_hash = ?, 0) AS fresh
  FROM agents WHERE status = 'active' AND state = 'grown' AND build_hash IS NOT NULL ORDER BY ordinal`;

function stepsOf({ config, pool }: RunFacts): number {
  return (config.world.steps ?? pool.world.steps) * (config.world.episodes ?? pool.world.episodes);
}

/** Records what has happened to a resident, and writes it out. */
function tell(step: StepContext, listing: Listing, facts: RunFacts, news: News): void {
  const { type, agent: id, pid, restarts, how = "", words = "", restMs } = news;
  const cycle = lastCycle(listing)?.cycle ?? 0;
  const { ends, windowSeconds } = facts.config.residents;
  const saying = `${how}${words && `: ${words}`}`;
  const told = { id, restarts, pid };
  switch (type) {
    case "started":
      return step.emit({ type: "resident.started", ...told, ok: true });
    case "adopted":
      return step.emit({ type: "resident.adopted", ...told, ok: true });
    case "resting":
      return step.emit({ type: "resident.resting", ...told, ok: true, restSeconds: Math.round(restMs!) / 1000 });
    case "ended": {
      const message = sentence(`Its resident ${saying}`);
      recordEvent(listing, cycle, "resident.ended", id, { message, restarts });
      return step.emit({ type: "resident.ended", ...told, ok: false, issue: { code: "resident.ended", message } });
    }
    case "disabled": {
      const often = `Its resident ended ${ends} times within ${windowSeconds} s; the last time it ${saying}`;
      const issue = { code: "resident.ends", message: sentence(often) };
      disable(listing, id, cycle, issue);
      return step.emit({ type: "resident.disabled", ...told, ok: false, issue });
    }
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
