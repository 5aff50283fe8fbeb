/**
 * When a chain has to be over, and whether another cycle is over by then.
 *
 * @module
 */

/** The longest that a timer can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;
const msPerMinute = 60_000;

/** The end of the time that a chain was given, or no end. */
export class TimeBudget implements Disposable {
  /** Milliseconds since the command's start at which it is over. */
  readonly #at: number;
  readonly #now: () => number;
  readonly #over = new AbortController();
  #longest: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param minutes How long the command may take from its start; absent: there is no end.
   * @param now Milliseconds since the command's start.
   */
  constructor(minutes: number = Infinity, now: () => number = () => performance.now()) {
    this.#at = minutes * msPerMinute;
    this.#now = now;
  }

  /** Aborted when the time is over, once {@linkcode arm} was called. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether there is an end. */
  get isSet(): boolean {
    return this.#at !== Infinity;
  }

  /** Lets {@linkcode signal} be aborted when the time is over: at once where it is. May be called again and again. */
  arm(): void {
    clearTimeout(this.#timer);
    const left = this.#at - this.#now();
    if (left <= 0) this.#over.abort(new DOMException("The time is over.", "AbortError"));
    else if (this.isSet) this.#timer = setTimeout(() => this.arm(), Math.min(left, longestTimer));
  }

  /** Does a cycle and keeps how long it took. */
  async measure(cycle: () => Promise<void>): Promise<void> {
    const began = this.#now();
    await cycle();
    this.#longest = Math.max(this.#longest ?? 0, this.#now() - began);
  }

  /**
   * Whether a cycle that takes as long as the longest so far, after a pause, ends in time. The first one may begin in any
   * case: nothing is known of its length.
   */
  allows(pauseMs: number): boolean {
    return this.#longest === undefined || this.#now() + pauseMs + this.#longest <= this.#at;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
