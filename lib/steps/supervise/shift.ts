/**
 * The work of one step: all lives that are due, some at once, and the transactions that keep what they came to.
 *
 * What failed is kept only when the control has passed.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Ran } from "../../isolation/isolation.ts";
import type { Outcome } from "../../isolation/outcome.ts";
import type { StepContext } from "../../step/context.ts";
import { Semaphore } from "../../util/semaphore.ts";
import { AddressBook } from "./addresses.ts";
import { commitLives } from "./commit.ts";
import { Control } from "./control.ts";
import { type DueLife, startOrder } from "./due.ts";
import { forgetWritten, writeFiles, type Written } from "./files.ts";
import { type Life, prepareLife, recordStarts } from "./life.ts";
import { Queue } from "./queue.ts";
import type { RunFacts } from "./run_facts.ts";
import type { Runner } from "./runner.ts";
import type { Settled } from "./settled.ts";
import { livedRecord, type Tally } from "./tally.ts";

/** How many lives are kept by one transaction at most, and for how long the first of them waits for it at most. */
const flush = { lives: 128, ms: 250 };

/** How many lives may wait for the judge, for each slot. */
const backlog = 8;

/** Ends that prove nothing where other work goes on beside. */
const doubtful: ReadonlySet<Outcome> = new Set(["wall", "killed"]);

/** What a shift works with. */
export interface ShiftParts {
  readonly step: StepContext;
  readonly listing: Listing;
  readonly facts: RunFacts;
  readonly runner: Runner;
  readonly tally: Tally;
  /** The present cycle, for events. */
  readonly cycle: number;
  /** Processes at once. */
  readonly slots: number;
}

/** Lives all that is due. */
export class Shift {
  readonly #parts: ShiftParts;
  /** Evaluations that are under way, and those whose results wait for the judge. */
  readonly #running: Semaphore;
  readonly #judging: Semaphore;
  #settled: Settled[] = [];
  #since = 0;
  #written: Written | undefined;
  #total = 0;
  #failure: { readonly error: unknown } | undefined;
  #control: Control | undefined;
  /** Evaluations whose end may have been the machine's: they are done once more, alone. */
  readonly #doubtful: Life[] = [];

  constructor(parts: ShiftParts) {
    this.#parts = parts;
    this.#running = new Semaphore(parts.runner.width(parts.slots));
    this.#judging = new Semaphore(parts.slots * backlog);
  }

  /**
   * Lives these lives, or as many as can be started before the step is interrupted; all that was started is kept.
   *
   * @param due In the order of the agents' creation.
   */
  async work(due: readonly DueLife[]): Promise<void> {
    const { slots, facts, listing } = this.#parts;
    const cycle = facts.due.cycle;
    const book = cycle === undefined ? undefined : AddressBook.of(listing, facts.seed, cycle);
    this.#total = due.length;
    this.#control = new Control({ ...this.#parts, agents: this.#parts.step.paths.agents, total: due.length });
    this.#since = performance.now();
    const width = this.#parts.runner.width(slots);
    const queue = new Queue<DueLife, Life>(startOrder(due), width, (some) => this.#prepare(some, book));
    await this.#start(queue);
    await this.#running.empty();
    await this.#judging.empty();
    await this.#repeat();
    this.#keep();
    this.#parts.tally.put(this.#parts.runner.counts);
    if (this.#written) listing.transaction(() => forgetWritten(listing, this.#written!));
    if (this.#failure) throw this.#failure.error;
  }

  async #prepare(due: readonly DueLife[], book: AddressBook | undefined): Promise<Life[]> {
    const { listing, facts, step } = this.#parts;
    const lives = await Promise.all(due.map((one) => prepareLife(listing, facts, book, step.paths.agents, one)));
    recordStarts(listing, facts, lives);
    return lives;
  }

  /** Starts one after the other, as many at once as there may be. */
  async #start(queue: Queue<DueLife, Life>): Promise<void> {
    while (!this.#isStopped) {
      await this.#running.enter();
      const life = this.#isStopped ? undefined : await queue.next().catch((error) => this.#fail(error));
      if (!life || this.#isStopped) return this.#running.leave();
      void this.#live(life).catch((error) => this.#fail(error));
    }
  }

  get #isStopped(): boolean {
    return this.#parts.step.signal.aborted || this.#failure !== undefined;
  }

  /** What fails here is no agent: the others end, and then the step fails. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** The judge is another process: the next evaluation is started before this one is judged, if not too many wait. */
  async #live(life: Life): Promise<void> {
    const { runner } = this.#parts;
    let ran: Ran;
    try {
      ran = await runner.run(life);
      if (!ran.told.ok && doubtful.has(ran.told.failure.outcome)) {
        // Limits that nothing keeps are found before all are tried twice.
        await this.#control!.admit();
        return void this.#doubtful.push(life);
      }
      await this.#judging.enter();
    } finally {
      this.#running.leave();
    }
    try {
      await this.#admit(await runner.settle(life, ran));
    } finally {
      this.#judging.leave();
    }
  }

  /** Does once more, one after the other and with nothing beside, what took too long or was ended from outside. */
  async #repeat(): Promise<void> {
    const { runner } = this.#parts;
    try {
      for (const life of this.#doubtful) {
        if (this.#isStopped) return;
        await this.#admit(await runner.settle(life, await runner.alone(life)));
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #admit(settled: Settled): Promise<void> {
    if (!settled.end.ok && !settled.end.failure.artifact) await this.#control!.admit();
    this.#add(settled);
  }

  #add(settled: Settled): void {
    this.#settled.push(settled);
    const late = performance.now() - this.#since > flush.ms;
    if (late || this.#settled.length >= flush.lives) this.#keep();
  }

  /** Keeps what has been settled: first in the listing, then in the agents' folders, then it is told. */
  #keep(): void {
    const { listing, facts, cycle, step, tally } = this.#parts;
    const lives = this.#settled;
    this.#settled = [];
    this.#since = performance.now();
    if (lives.length === 0) return;
    const kept = listing.transaction(() => {
      if (this.#written) forgetWritten(listing, this.#written);
      return commitLives(listing, facts, cycle, lives);
    });
    this.#written = writeFiles(listing, step.paths.agents);
    for (const { id, file, message } of this.#written.failed) step.log.warn(`Cannot write ${file}: ${message}`, { id });
    tally.commit(performance.now() - this.#since);
    for (const settled of kept) {
      tally.add(settled);
      step.emit(livedRecord(settled));
    }
    step.progress(tally.lives, this.#total);
  }
}
