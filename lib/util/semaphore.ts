/**
 * A gate that lets some through at once.
 *
 * @module
 */

/** Lets at most so many works be done at a time; the others wait in their order. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param most How many at once, at least 1. */
  constructor(most: number) {
    this.#free = most;
  }

  /** Does some work when its turn has come. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
