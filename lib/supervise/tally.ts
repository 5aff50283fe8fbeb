/**
 * Counts what the lives of a step came to, and how long they took.
 *
 * @module
 */

import { isLimit } from "../isolation/outcome.ts";
import type { Settled } from "./settled.ts";
import { Stage } from "./stages.ts";

/** Counts lives. */
export class Tally {
  readonly #began = performance.now();
  readonly #process = new Stage();
  readonly #judge = new Stage();
  readonly #commit = new Stage();
  readonly #counts = { judged: 0, births: 0, finished: 0, crashed: 0, limited: 0, changed: 0 };

  /** Lives so far. */
  get lives(): number {
    return this.#counts.judged + this.#counts.births;
  }

  /** Counts a life that has been kept. */
  add({ life, wallMs, judgeMs, end }: Settled): void {
    this.#counts[life.kind === "judged" ? "judged" : "births"]++;
    if (wallMs !== null) this.#process.add(wallMs);
    if (end.ok && life.kind === "judged") this.#judge.add(judgeMs);
    if (!end.ok) this.#counts[isLimit(end.failure.outcome) ? "limited" : "crashed"]++;
    else {
      this.#counts.finished++;
      if (end.finished.genome) this.#counts.changed++;
    }
  }

  /** Notes how long a transaction with its files took, in milliseconds. */
  commit(ms: number): void {
    this.#commit.add(ms);
  }

  /** All counts; times are in milliseconds, `evaluationsPerSecond` are lives for each second of the work. */
  counts(): Record<string, number> {
    if (this.lives === 0) return { ...this.#counts };
    const seconds = (performance.now() - this.#began) / 1000;
    return {
      ...this.#counts,
      evaluationsPerSecond: Math.round(this.lives / seconds * 10) / 10,
      processP50Ms: this.#process.percentile(0.5),
      processP99Ms: this.#process.percentile(0.99),
      judgeP50Ms: this.#judge.percentile(0.5),
      judgeP99Ms: this.#judge.percentile(0.99),
      commitP50Ms: this.#commit.percentile(0.5),
      commitP99Ms: this.#commit.percentile(0.99),
    };
  }
}
