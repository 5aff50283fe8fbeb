/**
 * A chain of steps on one run: where it stands, its next cycle, and how it ends.
 *
 * @module
 */

import { statisticsOf } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import { lastRace } from "../../db/races.ts";
import { urlOf } from "../../evaluators/servers.ts";
import type { RunFigures } from "../../records/finished.ts";
import type { StepContext } from "../../step/context.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { flag, runChild } from "../../step/child.ts";
import { type End, endLine, endOf, figuresOf, hasEnds } from "./ends.ts";
import { demandActive, demandSurvivors, isExtinction } from "./extinction.ts";
import { cycleNote } from "./line.ts";
import type { LifecycleOptions } from "./options.ts";
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
import type { TimeBudget } from "./time_budget.ts";

/** A chain of steps on one run. */
export class Chain {
  readonly #step: StepContext;
  readonly #options: LifecycleOptions;
  readonly #budget: TimeBudget;
  /** Aborted by what interrupts the chain, and when its time is over. */
  readonly #signal: AbortSignal;
  /** Hash of the runtime's modules. */
  readonly #runtime: string;
  /** Conditions of the scores before a change of the world that the next cycle takes up. */
  #former: string | undefined;
  /** Cycles that it has finished. */
  finished = 0;
  /** Whether it has begun what it has not finished. */
  isWithin = false;
  /** Whether it has run a final race. */
  hasRaced = false;

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

  /** The end that it has come to where a cycle is closed, the time aside; undefined where it is to go on. */
  end(goal: number): End | undefined {
    const { cycles, until } = this.#options;
    const isLast = this.chainPosition().closed >= goal;
    return (hasEnds(this.#options) ? endOf(this.#figures(), this.#options) : undefined) ??
      (isLast ? { reason: "cycles", asked: cycles ?? until } : undefined);
  }

  /**
   * Notes and says why it is over. What was left to do is given up: the next call says anew how many cycles it is to
   * have, and has its own time for them.
   *
   * @param end Absent: its time is over.
   */
  conclude(end: End = { reason: "minutes", asked: this.#options.minutes }): void {
    const reached = this.#note(end);
    this.giveUp();
    const line = end.reason === "minutes" ? this.#timeLine() : endLine(end, reached, this.#options);
    if (line !== undefined) this.#step.say(line);
  }

  /** Notes what has stopped it, if it was stopped or no agent is left. */
  note(error: unknown): void {
    if (this.#step.signal.aborted) this.#note({ reason: "stopped" });
    else if (isExtinction(error)) this.#note({ reason: "extinct" });
  }

  #note({ reason, asked }: End): RunFigures {
    const { details } = this.#step;
    const reached = this.#figures();
    const { begun } = this.chainPosition();
    Object.assign(details, { reason, ...(asked !== undefined && { asked }), reached });
    if (begun !== undefined) details.openCycle = begun;
    return reached;
  }

  #figures(): RunFigures {
    return this.#listing((listing) => figuresOf(listing, this.#former));
  }

  #timeLine(): string {
    const { begun, closed } = this.chainPosition();
    const why = `--minutes ${this.#options.minutes}`;
    return begun === undefined
      ? `ended for time: cycle ${closed + 1} would go beyond ${why}.`
      : `ended for time (${why}) in cycle ${begun}; the next run goes on there.`;
  }

  /** Makes sure that all that is configured can be used, says what is set in vain, and looks for a change of the world. */
  async check(): Promise<void> {
    const { isolation = "process", mode = "episode", selection, evaluators } = this.#options;
    const args = [...this.#args("select"), "--check"];
    const { configured = "", conditions } = await runChild({ step: "select", args, signal: this.#step.signal });
    const present = this.#listing((listing) => listing.meta("conditions"));
    if (conditions !== present) this.#former = present;
    const given = new Map(configured.split(" ").map((key) => [key, undefined]));
    const { idleInCall } = await import("../../run/config_idle.ts");
    for (const line of idleInCall(given, { isolation, mode, selection, evaluators: evaluators !== undefined })) {
      this.#step.say(line);
    }
  }

  /** What a former run left undone after it had closed a cycle. */
  async catchUp({ unfinished, births }: ChainPosition): Promise<void> {
    this.isWithin = unfinished !== undefined || births;
    if (this.isWithin) this.#budget.arm();
    if (unfinished !== undefined) await this.#tail(unfinished);
    else if (births) await this.#births();
    this.isWithin = false;
  }

  /** The present cycle from where it stands, or the next one. */
  async cycle(): Promise<void> {
    const { closed, next } = this.chainPosition();
    this.#listing(demandSurvivors);
    this.isWithin = true;
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
    this.isWithin = false;
    this.#listing(demandActive);
  }

  /**
   * The final race with what is asked for beside its winner, unless it was run since the last cycle was closed; then the
   * report, which tells of it.
   *
   * What there is not enough time for, or nothing to race with, is said, and ends no chain.
   */
  async race(): Promise<void> {
    const { closed } = this.chainPosition();
    const { race, controls } = this.#options;
    const last = this.#listing(lastRace);
    const isRaced = last?.cycle === closed && (!controls || last.randomControl !== undefined);
    if (race === false || closed === 0 || isRaced) return;
    this.#budget.arm();
    try {
      await this.#run("race");
      this.hasRaced = true;
      await this.#draw();
      await this.#run("report");
    } catch (error) {
      if (this.#step.signal.aborted) throw error;
      if (error === this.#budget.signal.reason) return this.#step.say(this.#raceLater(closed));
      if (isRaceless(error)) return this.#step.say(raceLater("as no agent has a score"));
      throw error;
    }
    const report = this.#listing(lastRace);
    if (report) this.#options.onRace?.(report);
  }

  /** What there was not enough time for. */
  #raceLater(closed: number): string {
    const why = "as the time is over";
    return this.#listing(lastRace)?.cycle === closed
      ? `no controls beside the winner, ${why}; run \`deno task race --controls\` for them.`
      : raceLater(why);
  }

  /** Without a drawing the report is whole but for that; the step has said what it lacks. */
  async #draw(): Promise<void> {
    try {
      await this.#run("draw");
    } catch (error) {
      if (this.#signal.aborted || !(error instanceof StepFailed || error instanceof Misuse)) throw error;
    }
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
    const { token, workers, concurrency, isolation, mode, selection, controls, evaluators } = this.#options;
    const parallel = name === "scan" || name === "sync-wiring" || name === "build" || name === "race" ||
      name === "supervise";
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
      // Whichever way it is, a race comes to the same.
      ...flag(
        "isolation",
        supervised || ((name === "race" || name === "draw") && isolation === "bwrap") ? isolation : undefined,
      ),
      ...flag("evaluators", supervised ? evaluators?.map(urlOf).join(",") : undefined),
      ...(supervised && mode === "resident" ? ["--mode", mode, "--once"] : []),
      ...flag("selection", name === "select" ? selection : undefined),
      ...(name === "race" && controls ? ["--controls"] : []),
    ];
  }

  /** Opens the listing for a moment: a chain may last for days. */
  #listing<T>(use: (listing: Listing) => T): T {
    using listing = Listing.open(this.#step.paths.listing);
    return use(listing);
  }
}

function raceLater(why: string): string {
  return `no final race, ${why}; run \`deno task race\` for one.`;
}

/** Whether a race has failed for want of anything to race. */
function isRaceless(error: unknown): boolean {
  for (let issue = error instanceof StepFailed ? error.issue : undefined; issue; issue = issue.issue) {
    if (issue.code === "race.none") return true;
  }
  return false;
}
