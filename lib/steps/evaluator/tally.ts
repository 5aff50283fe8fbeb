/**
 * What an evaluator has done.
 *
 * @module
 */

/** By how much a new time counts in the mean of the recent ones. */
const share = 0.02;

/** Counts evaluations, and how long the recent ones took. */
export class Tally {
  batches = 0;
  evaluations = 0;
  #mean: number | undefined;

  /** Counts a batch. @param times Milliseconds that its evaluations took. */
  add(times: readonly number[]): void {
    this.batches++;
    for (const ms of times) {
      this.evaluations++;
      // The first ones are weighed alike.
      this.#mean = (this.#mean ?? ms) + Math.max(share, 1 / this.evaluations) * (ms - (this.#mean ?? ms));
    }
  }

  /** Mean time of the recent ones in milliseconds, to a tenth; null before the first. */
  get msPerEvaluation(): number | null {
    return this.#mean === undefined ? null : Math.round(this.#mean * 10) / 10;
  }
}
