/**
 * How long the stages of a step's work took.
 *
 * @module
 */

import type { StageTimes } from "../records/finished.ts";
import { type Counted, Histogram } from "../util/histogram.ts";

/** The stages of one run of a step, each with a histogram: memory does not grow with the work. */
export class Stages {
  readonly #stages = new Map<string, Histogram>();

  /** Notes how long a stage took once, in milliseconds. */
  add(stage: string, ms: number): void {
    let histogram = this.#stages.get(stage);
    if (!histogram) this.#stages.set(stage, histogram = new Histogram());
    histogram.add(ms);
  }

  /** Does some work and notes how long it took, also where it throws. */
  time<T>(stage: string, work: () => T): T {
    const began = performance.now();
    const note = () => this.add(stage, performance.now() - began);
    let value: T;
    try {
      value = work();
    } catch (error) {
      note();
      throw error;
    }
    if (value instanceof Promise) return value.finally(note) as T;
    note();
    return value;
  }

  /** What the closing record tells, by name in the order in which they were first done; absent where none was. */
  summary(): Record<string, StageTimes> | undefined {
    return this.#stages.size === 0 ? undefined : Object.fromEntries(
      [...this.#stages].map(([name, histogram]) => [name, timesOf(histogram)]),
    );
  }

  /** What the listing keeps, so that reports can put runs together; absent where no stage was done. */
  counted(): Record<string, Counted> | undefined {
    return this.#stages.size === 0 ? undefined : Object.fromEntries(
      [...this.#stages].map(([name, histogram]) => [name, histogram.toJSON()]),
    );
  }
}

/** A histogram in four numbers. */
export function timesOf(histogram: Histogram): StageTimes {
  return {
    count: histogram.count,
    totalMs: Math.round(histogram.total * 10) / 10,
    p50: histogram.percentile(0.5),
    p99: histogram.percentile(0.99),
  };
}
