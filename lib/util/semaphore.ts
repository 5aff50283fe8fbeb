/**
 * A semaphore: lets some through at once.
 *
 * @module
 */

/** Lets at most so many be inside at a time; the others wait in their order, each woken once. */
export class Semaphore {
  readonly #most: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];
  #empty: PromiseWithResolvers<void> | undefined;

  /** @param most How many at once, at least 1. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when one more may be inside, and counts it; {@linkcode leave} is to be called for it once. */
  async enter(): Promise<void> {
    if (this.#inside < this.#most) this.#inside++;
    else await new Promise<void>((go) => this.#waiting.push(go));
  }

  /** One of those inside is out: the next one that waits takes its place. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) return next();
    if (--this.#inside === 0) this.#empty?.resolve();
  }

  /** Resolves when nothing is inside and nothing waits. */
  async empty(): Promise<void> {
    if (this.#inside > 0) await (this.#empty ??= Promise.withResolvers()).promise;
    this.#empty = undefined;
  }

  /** Does some work inside. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }
}
