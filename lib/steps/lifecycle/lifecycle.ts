/**
 * The chain of steps, cycle by cycle, each step in a process of its own.
 *
 * @module
 */

import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { statisticsOf } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import type { CycleStatistics } from "../../records/cycle.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { checkModes, type Mode } from "../../isolation/modes.ts";
import { flag, runChild } from "./child.ts";
import { TimeBudget } from "./time_budget.ts";
import { cycleNote } from "./line.ts";
import { demandActive, demandSurvivors } from "./extinction.ts";
import {
  type ChainPosition,
  chainPosition,
  type ChainStep,
  cycleSteps,
  forgetGoal,
  goalOf,
  markTail,
  tailSteps,
  unmarkTail,
} from "./progress.ts";

/** What the person asked for. */
export interface LifecycleOptions {
  /** So many cycles more. */
  readonly cycles?: number;
  /** Up to this cycle in all. */
  readonly until?: number;
  /** Minutes from the command's start in which it is over; absent: as many as it takes. */
  readonly minutes?: number;
  /** Milliseconds since the command's start. @default performance.now */
  readonly now?: () => number;
  /** Seconds between two cycles; absent: 0 where the number of cycles or the time is bounded, else 1. */
  readonly sleep?: number;
  readonly workers?: number;
  readonly concurrency?: number;
  readonly isolation?: IsolationName;
  /** How `supervise` runs agents: with `resident` it leaves them running at the end of each cycle. */
  readonly mode?: Mode;
  readonly selection?: string;
  /** The token of the lock that this chain holds. */
  readonly token: string;
  /** Called with each finished cycle, when all its steps are done. */
  readonly onCycle: (statistics: CycleStatistics) => void;
}

/**
 * Runs cycles, going on where the last run ended.
 *
 * With `minutes` it begins no cycle that would end too late if it took as long as the longest so far. One that takes
 * longer is interrupted where it stands, as by Ctrl-C. Either is a good end; the closing record then has `ended`.
 *
 * Needs read and write permission for the listing, and run permission for `/bin/sh`.
 *
 * @returns The number of cycles that were finished.
 * @throws {StepFailed} If a step failed, or no agent is left to go on with.
 * @throws The signal's reason, if interrupted; what was done is saved then.
 */
export async function lifecycle(step: StepContext, options: LifecycleOptions): Promise<Counts> {
  if (options.cycles !== undefined && options.until !== undefined) {
    throw new Misuse({
      code: "arguments",
      message: "Cannot use --cycles and --until at once as one must say how many.",
    });
  }
  checkModes({ mode: options.mode, isolation: options.isolation });
  using budget = new TimeBudget(options.minutes, options.now);
  const chain = new Chain(step, options, budget, await runtimeHash());
  const began = chain.chainPosition();
  const target = chain.goal(began);
  const pause = options.sleep ?? (target === Infinity && !budget.isSet ? 1 : 0);
  step.details.isolation = options.isolation ?? "process";
  if (began.closed < target) await chain.check();
  if (began.closed < target) step.say(`agents are evaluated with --isolation ${step.details.isolation}.`);
  try {
    await chain.catchUp(began);
    while (chain.chainPosition().closed < target) {
      if (!budget.allows(pause * 1000)) {
        chain.endForTime();
        break;
      }
      if (chain.finished > 0 && pause > 0) {
        const { setTimeout } = await import("node:timers/promises");
        await setTimeout(pause * 1000, undefined, { signal: step.signal });
      }
      await budget.measure(() => chain.cycle());
    }
  } catch (error) {
    if (error !== budget.signal.reason || step.signal.aborted) throw error;
    chain.endForTime();
  } finally {
    // An interrupt gives up the rest; after a failure or a kill the same command goes on.
    if (step.signal.aborted) chain.giveUp();
  }
  if (options.mode === "resident") step.say("leaves the residents running; `deno task stop` ends them.");
  return { updates: chain.finished + (step.details.openCycle === undefined ? 0 : 1), cycles: chain.finished };
}

class Chain {
  readonly #step: StepContext;
  readonly #options: LifecycleOptions;
  readonly #budget: TimeBudget;
  /** Aborted by what interrupts the chain, and when its time is over. */
  readonly #signal: AbortSignal;
  /** Hash of the runtime's modules. */
  readonly #runtime: string;
  finished = 0;

  constructor(step: StepContext, options: LifecycleOptions, budget: TimeBudget, runtime: string) {
    this.#runtime = runtime;
    this.#step = step;
    this.#options = options;
    this.#budget = budget;
    this.#signal = AbortSignal.any([step.signal, budget.signal]);
  }

  chainPosition(): ChainPosition {
    return this.#listing((listing) => chainPosition(listing, this.#runtime));
  }

  /** The cycle up to which it goes. */
  goal(began: ChainPosition): number {
    const { cycles, until = Infinity } = this.#options;
    if (cycles === undefined) {
      this.giveUp();
      return until;
    }
    const goal = this.#listing((listing) => goalOf(listing, began, cycles));
    if (goal !== began.closed + cycles) {
      this.#step.say(`goes on to cycle ${goal}, which a run that was ended before its time was to reach.`);
    }
    return goal;
  }

  /** Forgets how many it was to run. */
  giveUp(): void {
    this.#listing(forgetGoal);
  }

  /**
   * Says that the time is over. What was left to do is given up: the next call says anew how many cycles it is to
   * have, and has its own time for them.
   */
  endForTime(): void {
    const { details, say } = this.#step;
    const { begun, closed } = this.chainPosition();
    this.giveUp();
    details.ended = "minutes";
    if (begun !== undefined) details.openCycle = begun;
    const why = `--minutes ${this.#options.minutes}`;
    if (begun === undefined) say(`ended for time: cycle ${closed + 1} would go beyond ${why}.`);
    else say(`ended for time (${why}) in cycle ${begun}; what was done is saved, and the next run goes on from here.`);
  }

  /** Makes sure that all that is configured can be used, and says what is set in vain. */
  async check(): Promise<void> {
    const { isolation = "process", mode = "episode", selection } = this.#options;
    const args = [...this.#args("select"), "--check"];
    const { configured = "" } = await runChild({ step: "select", args, signal: this.#step.signal });
    const given = new Map(configured.split(" ").map((key) => [key, undefined]));
    const { idleInCall } = await import("../../run/config_idle.ts");
    for (const line of idleInCall(given, { isolation, mode, selection })) this.#step.say(line);
  }

  /** What a former run left undone after it had closed a cycle. */
  async catchUp({ unfinished, births }: ChainPosition): Promise<void> {
    if (unfinished !== undefined || births) this.#budget.arm();
    if (unfinished !== undefined) await this.#tail(unfinished);
    else if (births) await this.#births();
  }

  /** The present cycle from where it stands, or the next one. */
  async cycle(): Promise<void> {
    const { closed, next } = this.chainPosition();
    this.#listing(demandSurvivors);
    for (const name of cycleSteps.slice(cycleSteps.indexOf(next))) {
      // What opens the cycle is done in any case, so that each call has begun one.
      if (name !== "scan") this.#budget.arm();
      if (name === "select") this.#listing((listing) => markTail(listing, closed + 1));
      await (name === "supervise" ? this.#supervise() : this.#run(name));
    }
    if (this.chainPosition().closed !== closed + 1) {
      throw new StepFailed({
        code: "cycle.open",
        message: `Cannot go on as select must have closed cycle ${closed + 1}, and it has not.`,
      });
    }
    await this.#tail(closed + 1);
    this.#listing(demandActive);
  }

  async #tail(cycle: number): Promise<void> {
    for (const name of tailSteps) await (name === "supervise" ? this.#births() : this.#run(name));
    const statistics = this.#listing((listing) => {
      unmarkTail(listing, cycle);
      return statisticsOf(listing, cycle);
    });
    if (statistics) {
      this.#options.onCycle(statistics);
      const note = cycleNote(statistics);
      if (note) this.#step.say(`cycle ${cycle}: ${note}`);
    }
    this.finished++;
  }

  /** Newborns start as what their parents were built as, unless that has been lost. */
  async #births(): Promise<void> {
    const { outdated, unsigned } = this.chainPosition();
    if (outdated) await this.#run("sync-wiring");
    if (outdated || unsigned) await this.#run("build");
    await this.#supervise();
  }

  /** What was refused when it was to start is built and evaluated before the chain goes on: once, since a disk may fail. */
  async #supervise(): Promise<void> {
    await this.#run("supervise");
    if (!this.chainPosition().unsigned) return;
    await this.#run("build");
    await this.#run("supervise");
  }

  async #run(name: ChainStep): Promise<void> {
    const { log } = this.#step;
    const { counts, durations } = await runChild({ step: name, args: this.#args(name), signal: this.#signal });
    log.debug(`${name} has finished`, { step: name, counts, durations });
  }

  #args(name: ChainStep): string[] {
    const { paths, logLevel, quiet } = this.#step;
    const { token, workers, concurrency, isolation, mode, selection } = this.#options;
    const parallel = name === "scan" || name === "sync-wiring" || name === "build" || name === "supervise";
    const supervised = name === "supervise";
    return [
      ...flag("lock", token),
      ...flag("run", paths.name),
      ...flag("log-level", logLevel),
      ...(quiet ? ["--quiet"] : []),
      ...flag(
        "workers",
        parallel && !(supervised && concurrency !== undefined && mode !== "resident") ? workers : undefined,
      ),
      ...flag("concurrency", supervised ? concurrency : undefined),
      ...flag("isolation", supervised ? isolation : undefined),
      ...(supervised && mode === "resident" ? ["--mode", mode, "--once"] : []),
      ...flag("selection", name === "select" ? selection : undefined),
    ];
  }

  /** Opens the listing for a moment: a chain may last for days. */
  #listing<T>(use: (listing: Listing) => T): T {
    using listing = Listing.open(this.#step.paths.listing);
    return use(listing);
  }
}
