/**
 * A histogram of durations in bounded memory: what percentiles of any number of them are read from.
 *
 * @module
 */

/** Buckets to a doubling: a bucket is 4.4 % wide, so a percentile is off by 2.2 % at most. */
const perDoubling = 16;

/** The shortest duration that is told from shorter ones, in milliseconds, and the number of buckets: up to 12 days. */
const least = 0.001;
const size = perDoubling * 40;

/** What a histogram is as JSON. */
export interface Counted {
  readonly count: number;
  /** Sum in milliseconds. */
  readonly total: number;
  readonly min: number;
  readonly max: number;
  /** Numbers of buckets, each followed by how many durations it holds. */
  readonly buckets: readonly number[];
}

/** Durations, counted in buckets of equal ratio (as HdrHistogram has them). */
export class Histogram {
  readonly #buckets = new Float64Array(size);
  #count = 0;
  #total = 0;
  #min = Infinity;
  #max = 0;

  /** How many durations it holds. */
  get count(): number {
    return this.#count;
  }

  /** Sum of the durations in milliseconds. */
  get total(): number {
    return this.#total;
  }

  /** Adds a duration in milliseconds. */
  add(ms: number): void {
    this.#buckets[bucketOf(ms)]!++;
    this.#count++;
    this.#total += ms;
    this.#min = Math.min(this.#min, ms);
    this.#max = Math.max(this.#max, ms);
  }

  /** Adds what another histogram counted. Whatever is none, as a listing may hold, is passed over. */
  merge({ count, total, min, max, buckets }: Counted): void {
    if (!Array.isArray(buckets) || ![count, total, min, max, ...buckets].every(Number.isFinite)) return;
    for (let i = 0; i + 1 < buckets.length; i += 2) {
      const at = buckets[i]!;
      if (at in this.#buckets) this.#buckets[at]! += buckets[i + 1]!;
    }
    this.#count += count;
    this.#total += total;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
  }

  /**
   * A percentile in milliseconds by the nearest rank, to three digits; 0 of nothing.
   *
   * @param share From 0 to 1.
   */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let i = 0; i < size; i++) {
      seen += this.#buckets[i]!;
      if (seen >= rank) return digits(Math.min(this.#max, Math.max(this.#min, middleOf(i))));
    }
    return 0;
  }

  /** All of it as JSON: about ten bytes for each bucket that is not empty. */
  toJSON(): Counted {
    const buckets: number[] = [];
    this.#buckets.forEach((count, i) => void (count > 0 && buckets.push(i, count)));
    const min = this.#count === 0 ? 0 : this.#min;
    return { count: this.#count, total: digits(this.#total), min: digits(min), max: digits(this.#max), buckets };
  }
}

function bucketOf(ms: number): number {
  const bucket = Math.floor(Math.log2(ms / least) * perDoubling);
  return Math.min(size - 1, Math.max(0, Number.isFinite(bucket) ? bucket : 0));
}

function middleOf(bucket: number): number {
  return least * 2 ** ((bucket + 0.5) / perDoubling);
}

function digits(ms: number): number {
  return Number(ms.toPrecision(3));
}
