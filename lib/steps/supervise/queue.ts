/**
 * Lives on their way to be started: prepared and recorded some at a time, ahead of the slots that take them.
 *
 * @module
 */

/** How many lives are prepared at a time: one transaction for all of them. */
const batch = 64;

/** Hands out what is prepared, in order; any number of takers may wait. */
export class Queue<Due, Ready> {
  readonly #prepare: (due: readonly Due[]) => Promise<readonly Ready[]>;
  readonly #rest: readonly Due[];
  readonly #ahead: number;
  #from = 0;
  #ready: Ready[] = [];
  #coming: Promise<void> | undefined;

  /**
   * @param due In the order in which they are to be handed out.
   * @param takers How many take at once: so many are kept ready.
   * @param prepare Makes some of them ready, in their order.
   */
  constructor(due: readonly Due[], takers: number, prepare: (due: readonly Due[]) => Promise<readonly Ready[]>) {
    this.#rest = due;
    this.#ahead = takers;
    this.#prepare = prepare;
  }

  /** The next one, or undefined when all are taken. */
  async next(): Promise<Ready | undefined> {
    while (this.#ready.length === 0 && (this.#coming !== undefined || this.#from < this.#rest.length)) {
      await (this.#coming ??= this.#more());
    }
    const one = this.#ready.shift();
    if (this.#ready.length < this.#ahead && this.#from < this.#rest.length) {
      this.#coming ??= this.#more();
      // Whoever needs what is coming awaits it and sees its failure.
      this.#coming.catch(() => {});
    }
    return one;
  }

  async #more(): Promise<void> {
    // The first ones are not to wait for many others.
    const count = this.#from === 0 ? this.#ahead : batch;
    const due = this.#rest.slice(this.#from, this.#from + count);
    this.#from += due.length;
    this.#ready.push(...await this.#prepare(due));
    this.#coming = undefined;
  }
}
