/**
 * How long the stages of a life took.
 *
 * @module
 */

/** Durations of one stage. */
export class Stage {
  readonly #durations: number[] = [];

  /** Adds a duration in milliseconds. */
  add(ms: number): void {
    this.#durations.push(ms);
  }

  /**
   * A percentile in milliseconds, by the nearest rank (rounded to 0.1 ms); 0 of nothing.
   *
   * @param share From 0 to 1.
   */
  percentile(share: number): number {
    const sorted = this.#durations.toSorted((a, b) => a - b);
    const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
    return Math.round((sorted[rank] ?? 0) * 10) / 10;
  }
}
