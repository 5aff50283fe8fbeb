/**
 * A bounded memory of what was used last.
 *
 * @module
 */

/** Keeps the values that were used last, by their names; two that are used alike keep the same. */
export class Recent<T> {
  readonly #most: number;
  readonly #kept = new Map<string, T>();

  /** @param most How many are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a name, which is then the one that was used last; undefined if it is not kept. */
  get(name: string): T | undefined {
    const value = this.#kept.get(name);
    if (value !== undefined) this.set(name, value);
    return value;
  }

  /** Keeps a value; the one that was not used for the longest time goes. */
  set(name: string, value: T): void {
    this.#kept.delete(name);
    this.#kept.set(name, value);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!);
  }
}
