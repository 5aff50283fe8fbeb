/**
 * The residents of a run: brought up, kept, and what happens to them written out.
 *
 * @module
 */

import type { StepRecord } from "../../records/records.ts";
import type { Listing } from "../../db/listing.ts";
import { keepNoProcess } from "../../db/residents.ts";
import type { Config } from "../../run/config_schema.ts";
import type { RunPaths } from "../../run/paths.ts";
import { loadVerifier } from "../../signing/sign.ts";
import { Launcher } from "../../isolation/launcher.ts";
import { withData } from "../../isolation/data.ts";
import { agentLimits, type ProcessLimits } from "../../isolation/limits.ts";
import { endAll } from "../../isolation/residents/end_all.ts";
import type { Wanted } from "../../isolation/residents/entry.ts";
import { Keeper } from "../../isolation/residents/keeper.ts";
import type { ResidentEvent } from "../../isolation/residents/events.ts";
import { sampleResidents } from "../../isolation/residents/samples.ts";
import { watch } from "../../isolation/residents/watch.ts";
import type { StepContext } from "../../step/context.ts";
import { Artifacts } from "../../toolchain/artifacts.ts";
import { demandMachine } from "../../run/preflight.ts";
import { episodesOf } from "../../source/instances.ts";
import type { RunFacts } from "./run_facts.ts";

/** What residents are brought up for. */
export interface ResidentsParts {
  readonly step: StepContext;
  readonly listing: Listing;
  readonly facts: RunFacts;
  /** Whether they are left to the next supervisor when all that is due is done; else they are kept until interrupted. */
  readonly once: boolean;
}

/** How many are started, adopted or asked at once, for each worker: a start waits for the disk and the kernel as well. */
const perWorker = 2;

/** How long residents may take to end when they are not to be kept, in milliseconds. */
const gracePeriodMs = 5000;

/** The residents of all active agents, up, and what has happened to them. */
export class Residents implements AsyncDisposable {
  /** Keeps them. */
  readonly keeper: Keeper;
  readonly #step: StepContext;
  readonly #listing: Listing;
  readonly #config: Config["residents"];
  readonly #once: boolean;
  readonly #wanted: () => Map<string, Wanted>;
  readonly #counts = { started: 0, adopted: 0, ended: 0 };
  readonly #read: Promise<void>;
  readonly #artifacts: Artifacts;

  private constructor(
    { step, listing, facts, once }: ResidentsParts,
    keeper: Keeper,
    artifacts: Artifacts,
    wanted: () => Map<string, Wanted>,
  ) {
    this.#artifacts = artifacts;
    this.#step = step;
    this.#listing = listing;
    this.#config = facts.config.residents;
    this.#once = once;
    this.keeper = keeper;
    this.#wanted = wanted;
    this.#read = this.#readEvents();
  }

  /**
   * Brings them up.
   *
   * Needs read and write permission for the run's folder of residents, and what `supervise` needs.
   *
   * @throws {StepFailed} If the machine has too little for so many, or does not start one.
   */
  static async bringUp(parts: ResidentsParts): Promise<Residents> {
    const { step, listing, facts } = parts;
    const { config, seed } = facts;
    const artifacts = new Artifacts(listing, step.paths, await loadVerifier(step.paths.publicKey), facts);
    const limits = withData(agentLimits(config), await artifacts.data());
    const atOnce = step.workers * perWorker;
    const launcher = await Launcher.find(limits);
    const keeper = await Keeper.open({
      listing,
      folder: step.paths.residents,
      options: config.residents,
      limits,
      deno: launcher.deno,
      steps: stepsOf(facts),
      seed,
      atOnce,
      signal: step.signal,
    });
    const wanted = wanting(listing, artifacts, facts, limits);
    const residents = new Residents(parts, keeper, artifacts, wanted);
    try {
      await demandMachine(launcher.machine, step.paths.listing, {
        processes: keeper.missing(wanted()),
        working: atOnce,
        memoryMiB: config.limits.memoryMiB,
        evaluations: 0,
        less: "fewer agents",
      }, step.say);
      await residents.#keepWanted();
      return residents;
    } catch (error) {
      await residents[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Leaves them to the next supervisor, or keeps them until the step is interrupted.
   *
   * @returns What has happened to them.
   * @throws {StepFailed} If the machine does not start one, or one of them can't be ended.
   */
  async keep(): Promise<Readonly<Record<"started" | "adopted" | "ended" | "residents", number>>> {
    const { keeper } = this;
    const { signal } = this.#step;
    // Evaluations may have disabled agents.
    if (!signal.aborted) await this.#keepWanted();
    await keeper.settle();
    await sampleResidents(this.#listing, new Date());
    const residents = keeper.up().length;
    if (!this.#once) {
      this.#step.say(`keeps ${residents} residents until it is stopped.`);
      keeper.stay();
      const options = { ...this.#config, atOnce: this.#step.workers * perWorker, listing: this.#listing };
      await watch(keeper, options, AbortSignal.any([signal, keeper.refused]));
      await keeper.end();
      keeper.refused.throwIfAborted();
    }
    await this[Symbol.asyncDispose]();
    return { ...this.#counts, residents };
  }

  /** Residents outlast this; all that has happened is written out. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.keeper.close();
    await this.#read;
    this.#artifacts[Symbol.dispose]();
  }

  /** Where the machine refuses what is wanted, none is left that was to be kept. */
  async #keepWanted(): Promise<void> {
    const { keeper } = this;
    try {
      await keeper.want(this.#wanted());
    } catch (error) {
      if (!this.#once && keeper.refused.aborted) await keeper.end();
      throw error;
    }
  }

  async #readEvents(): Promise<void> {
    for await (const event of this.keeper.events) {
      const { type } = event;
      if (type === "started" || type === "adopted" || type === "ended") this.#counts[type]++;
      this.#step.emit(recordOf(event));
    }
  }
}

/** Ends the residents that a former supervisor left; tells how many there were. */
export async function endResidents(listing: Listing, { residents }: RunPaths): Promise<number> {
  const { occupants } = await endAll(residents, gracePeriodMs);
  listing.transaction(() => keepNoProcess(listing));
  return occupants.length;
}

interface Row {
  readonly id: string;
  readonly genome: string;
  readonly artifact: string;
  readonly fresh: number;
}

/** Agents that are to have a resident: all that are alive and built. */
function wanting(
  listing: Listing,
  artifacts: Artifacts,
  facts: RunFacts,
  limits: ProcessLimits,
): () => Map<string, Wanted> {
  const { runtime, pool } = facts.due;
  const conditions = JSON.stringify([Deno.version.deno, stepsOf(facts), limits]);
  return () =>
    new Map(
      listing.all<Row>(rows, runtime, pool).map(({ id, genome, artifact, fresh }) => [id, {
        as: `${artifact} ${conditions}`,
        artifact,
        path: artifacts.pathOf(artifact),
        fresh: fresh === 1,
        prove: async () => {
          const bytes = listing.blob(genome);
          if (!bytes) return "Its genome can't be found.";
          const proof = await artifacts.prove({ artifact, genome, bytes });
          return proof.ok ? undefined : proof.issue.message;
        },
      }]),
    );
}

const rows = `SELECT id, genome_hash AS genome, build_hash AS artifact,
    coalesce(built_from = genome_hash || ':' || reach || ':' || ? AND code_hash = ?, 0) AS fresh
  FROM agents WHERE status = 'active' AND stage = 'adult' AND build_hash IS NOT NULL ORDER BY ordinal`;

function stepsOf({ config, pool }: RunFacts): number {
  return (config.world.steps ?? pool.world.steps) * episodesOf(pool.world, config.world.episodes);
}

/** The record of what has happened to a resident. */
function recordOf(event: ResidentEvent): StepRecord {
  const { type, agent: id, pid, restarts } = event;
  const about = { id, restarts, pid };
  switch (type) {
    case "started":
      return { type: "resident.started", ...about, ok: true };
    case "adopted":
      return { type: "resident.adopted", ...about, ok: true };
    case "backoff":
      return { type: "resident.backoff", ...about, ok: true, backoffSeconds: Math.round(event.backoffMs) / 1000 };
    case "ended":
      return { type: "resident.ended", ...about, ok: false, issue: event.issue };
    case "disabled":
      return { type: "resident.disabled", ...about, ok: false, issue: event.issue };
  }
}
