/**
 * The loop of one step: all evaluations that are due, some at once, and the transactions that keep what they came to.
 *
 * What failed is kept only when the control has passed.
 *
 * @module
 */

import type { Outcome } from "../../records/outcome.ts";
import type { Listing } from "../../db/listing.ts";
import { evaluate } from "../../isolation/evaluate.ts";
import { Left } from "../../isolation/left.ts";
import type { Isolation, RunResult } from "../../isolation/isolation.ts";
import type { StepContext } from "../../step/context.ts";
import { Semaphore } from "../../util/semaphore.ts";
import { AddressBook } from "../../evaluation/addresses.ts";
import { ahead } from "./ahead.ts";
import { withdraw } from "../../db/evaluators.ts";
import { commitEvaluations } from "./commit.ts";
import { Control, type ControlParts } from "./control.ts";
import { type DueEvaluation, startOrder } from "./due.ts";
import { forgetWritten, writeFiles, type Written } from "./files.ts";
import type { Judge } from "../../isolation/judge.ts";
import { type Evaluation, genomesBeside, prepareEvaluation, recordStarts } from "./evaluation.ts";
import type { PoolEvaluations } from "./pool_evaluations.ts";
import type { RunFacts } from "./run_facts.ts";
import { type EvaluationResult, resultOf } from "./result.ts";
import { evaluatedRecord, type Tally } from "./tally.ts";

/**
 * How many evaluations, and bytes of evidence, are kept by one transaction at most, and for how long the first of them waits for
 * it at most: many evaluations change the same pages of the listing, which each transaction writes once.
 */
const flush = { evaluations: 1024, bytes: 32 * 2 ** 20, ms: 1000 };

/** How many results of evaluators are held back at most: what one has given counts no more when it is found to have lied. */
const mostHeld = 20_000;

/** How many results may wait for the judge, for each request that may be under way. */
const backlog = 2;

/** Ends that prove nothing where other work goes on beside. */
const doubtful: ReadonlySet<Outcome> = new Set(["wall", "killed"]);

/** What evaluations are run and judged with. */
export interface Evaluators {
  readonly isolation: Isolation;
  /** Absent where there is nothing to judge. */
  readonly judge: Judge | undefined;
  /** Which of them the program of the pool can run; absent where none is to. */
  readonly pool: PoolEvaluations | undefined;
  /** Tells in which file and line a world failed. */
  readonly locate: ControlParts["locate"];
}

/** What a loop works with. */
export interface LoopParts extends Evaluators {
  readonly step: StepContext;
  readonly listing: Listing;
  readonly facts: RunFacts;
  readonly tally: Tally;
  /** The present cycle, for events. */
  readonly cycle: number;
}

/** Evaluates all that is due. */
export class EvaluationLoop {
  readonly #parts: LoopParts;
  readonly #due: readonly DueEvaluation[];
  readonly #control: Control;
  /** Requests that are under way, and results that wait for the judge. */
  readonly #running: Semaphore;
  readonly #judging: Semaphore;
  /** Evaluations whose end may have been the machine's: they are done once more, alone. */
  readonly #doubtful: Evaluation[] = [];
  #results: EvaluationResult[] = [];
  #bytes = 0;
  /** Results of evaluators on other machines, the oldest first. */
  #held: EvaluationResult[] = [];
  /** Of these what counts no more by now, and is to be evaluated again. */
  #withdrawn: EvaluationResult[] = [];
  #since = 0;
  /** Evaluations that were kept before this loop. */
  readonly #before: number;
  #written: Written | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param due In the order of the agents' creation. */
  constructor(parts: LoopParts, due: readonly DueEvaluation[]) {
    this.#parts = parts;
    this.#due = due;
    this.#before = parts.tally.evaluations;
    this.#control = new Control({ ...parts, total: due.length });
    this.#running = new Semaphore(parts.isolation.capacity);
    this.#judging = new Semaphore(parts.isolation.capacity * backlog);
  }

  /** Evaluates all, or as many as can be started before the step is interrupted; all that was started is kept. */
  async run(): Promise<void> {
    const { facts, listing, isolation, tally } = this.#parts;
    const { cycle } = facts.due;
    const book = cycle === undefined ? undefined : AddressBook.of(listing, facts.seed, cycle);
    this.#since = performance.now();
    await this.#guarded(() => this.#start(book));
    await this.#running.empty();
    await this.#judging.empty();
    await this.#guarded(() => this.#repeat());
    await this.#release();
    this.#keep();
    tally.sum(isolation.counts ?? {});
    if (this.#written) listing.transaction(() => forgetWritten(listing, this.#written!));
    if (this.#failure) throw this.#failure.error;
  }

  /** Starts one after the other, as many at once as there may be. */
  async #start(book: AddressBook | undefined): Promise<void> {
    const { isolation } = this.#parts;
    if (this.#isStopped) return;
    const evaluations = ahead(startOrder(this.#due), isolation.capacity, (some) => this.#prepare(some, book));
    for await (const evaluation of evaluations) {
      await this.#running.enter();
      if (this.#isStopped) return this.#running.leave();
      void this.#guarded(() => this.#evaluate(evaluation));
    }
  }

  /** Reads and records all of them in one transaction: what is written for each by itself is written many times. */
  async #prepare(due: readonly DueEvaluation[], book: AddressBook | undefined): Promise<Evaluation[]> {
    const { listing, facts, step, pool } = this.#parts;
    const beside = await genomesBeside(listing, step.paths.agents, due);
    const evaluations = listing.transaction(() => {
      const prepared = due.map((one) => prepareEvaluation(listing, facts, book, one, beside.get(one.genomeHash)));
      recordStarts(listing, facts, prepared);
      return prepared;
    });
    return pool ? await pool.chosenBy(evaluations) : evaluations;
  }

  /** The judge is another process: the next evaluation is started before this one is judged, if not too many wait. */
  async #evaluate(evaluation: Evaluation): Promise<void> {
    let run: RunResult;
    try {
      run = await evaluate(this.#parts.isolation, evaluation.request);
      if (!run.ok && doubtful.has(run.failure.outcome)) {
        // Limits that nothing keeps are found before all are tried twice.
        await this.#control.admit();
        return void this.#doubtful.push(evaluation);
      }
      await this.#judging.enter();
    } catch (error) {
      // What is asked elsewhere when the step is to end is left to the next one.
      if (error instanceof Left) return;
      throw error;
    } finally {
      this.#running.leave();
    }
    try {
      await this.#judge(evaluation, run);
    } finally {
      this.#judging.leave();
    }
  }

  /** Does once more, one after the other and with nothing beside, what took too long or was ended from outside. */
  async #repeat(): Promise<void> {
    for (const evaluation of this.#doubtful.splice(0)) {
      if (this.#isStopped) return;
      await this.#judge(evaluation, await evaluate(this.#parts.isolation, evaluation.request, true));
    }
  }

  async #judge(evaluation: Evaluation, run: RunResult): Promise<void> {
    const { isolation } = this.#parts;
    let result = await resultOf(this.#parts, evaluation, run);
    if (!result.end.ok && run.ok && run.evaluator !== undefined && evaluation.request.ok) {
      // What the judge refuses counts against an agent where it was seen on this machine alone.
      result = await resultOf(this.#parts, evaluation, await isolation.verify!(evaluation.request.value, run));
    }
    if (!result.end.ok && !result.end.failure.artifact) await this.#control.admit();
    if (result.evaluator !== undefined) return this.#hold(result);
    this.#results.push(result);
    this.#bytes += evidenceOf(result);
    const isLate = performance.now() - this.#since > flush.ms;
    if (isLate || this.#results.length >= flush.evaluations || this.#bytes >= flush.bytes) this.#keep();
  }

  /** Holds back what an evaluator has given for as long as it may still be found out. */
  #hold(result: EvaluationResult): void {
    this.#held.push(result);
    if (this.#held.length > mostHeld) {
      this.#sort(this.#held.splice(0, mostHeld / 2));
      this.#keep();
    }
    const { step, tally } = this.#parts;
    if (this.#held.length % flush.evaluations === 0) {
      step.progress(tally.evaluations - this.#before + this.#held.length, this.#due.length);
    }
  }

  /** Lets pass what counts of what was held back. */
  #sort(held: readonly EvaluationResult[]): void {
    const { listing, isolation } = this.#parts;
    const event = ({ evaluator }: EvaluationResult) => isolation.withdrawnBy!(evaluator!);
    const { counting = [], withdrawn = [] } = Object.groupBy(
      held,
      (one) => event(one) === undefined ? "counting" : "withdrawn",
    );
    this.#results.push(...counting);
    this.#withdrawn.push(...withdrawn);
    if (withdrawn.length === 0) return;
    listing.transaction(() => {
      for (const one of withdrawn) withdraw(listing, event(one)!, one.evaluation, one.evaluator!.id);
    });
  }

  /** Lets pass what was held back, and evaluates again what was given by those that have lied. */
  async #release(): Promise<void> {
    for (;;) {
      this.#sort(this.#held.splice(0));
      const again = this.#withdrawn.splice(0);
      if (again.length === 0) return;
      for (const { evaluation } of again) {
        await this.#running.enter();
        if (this.#isStopped) return this.#running.leave();
        void this.#guarded(() => this.#evaluate(evaluation));
      }
      await this.#running.empty();
      await this.#judging.empty();
      await this.#guarded(() => this.#repeat());
    }
  }

  /** Keeps the results: first in the listing, then in the agents' folders, then it is written out. */
  #keep(): void {
    const { listing, facts, cycle, step, tally } = this.#parts;
    const results = this.#results;
    this.#results = [];
    this.#bytes = 0;
    this.#since = performance.now();
    if (results.length === 0) return;
    const kept = listing.transaction(() => {
      if (this.#written) forgetWritten(listing, this.#written);
      return commitEvaluations(listing, facts, cycle, results);
    });
    this.#written = writeFiles(listing, step.paths.agents);
    for (const { id, file, message } of this.#written.failed) step.log.warn(`Cannot write ${file}: ${message}`, { id });
    tally.commit(performance.now() - this.#since);
    for (const result of kept) {
      tally.add(result);
      step.emit(evaluatedRecord(result, facts.pool.world.objectives?.[0]));
    }
    step.progress(tally.evaluations - this.#before, this.#due.length);
  }

  get #isStopped(): boolean {
    return this.#parts.step.signal.aborted || this.#failure !== undefined;
  }

  /** What fails here is no agent: the others end, and then the step fails. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#failure ??= { error };
    }
  }
}

/** How many bytes of evidence a result holds. */
function evidenceOf({ end }: EvaluationResult): number {
  return end.ok ? end.finished.evidence?.bytes.length ?? 0 : 0;
}
