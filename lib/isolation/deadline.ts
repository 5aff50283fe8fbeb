/**
 * A deadline that counts only time in which this process ran.
 *
 * @module
 */

/** Longest time that is counted at once, in milliseconds. */
const sliceMs = 1000;

/** How much later than it was due a slice may end and still count as one in which this process ran, in milliseconds. */
const lateMs = 250;

/** What there is still time for after a slice that ended late: to read what came in meanwhile, in milliseconds. */
const graceMs = 500;

/**
 * Calls back when so much time has passed, unless it is disposed of before.
 *
 * Where this process stood still, as it was stopped or got no processor, the time of that does not count, and what came in
 * meanwhile is read before the deadline is over: it proves nothing of what was waited for.
 */
export class Deadline implements Disposable {
  readonly #over: () => void;
  #left: number;
  #began = 0;
  #slice = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param ms Milliseconds from now.
   * @param over Called once.
   */
  constructor(ms: number, over: () => void) {
    this.#left = ms;
    this.#over = over;
    this.#arm();
  }

  /** Ends it: it is not called back any more. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    this.#slice = Math.min(this.#left, sliceMs);
    this.#began = performance.now();
    this.#timer = setTimeout(() => this.#passed(), this.#slice);
  }

  #passed(): void {
    const took = performance.now() - this.#began;
    this.#left -= this.#slice;
    if (this.#left > 0) return this.#arm();
    if (took - this.#slice < lateMs) return this.#over();
    this.#left = graceMs;
    this.#arm();
  }
}
