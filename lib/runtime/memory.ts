/**
 * What genes remember: numbers by gene file and key.
 *
 * @module
 */

import type { MemoryEntry } from "./contract.ts";
import { isName, limits } from "./limits.ts";

/** The memory of one agent, bounded over all its files. */
export class Memory {
  readonly #files = new Map<string, Shelf>();
  readonly #count = { entries: 0 };

  /**
   * @param entries What is remembered from before.
   */
  constructor(entries: readonly MemoryEntry[]) {
    for (const [file, key, value] of entries) this.shelf(file).remember(key, value);
  }

  /** The part of one gene file. */
  shelf(file: string): Shelf {
    let shelf = this.#files.get(file);
    if (shelf === undefined) this.#files.set(file, shelf = new Shelf(this.#count));
    return shelf;
  }

  /** All that is remembered, sorted by file and key. */
  entries(): MemoryEntry[] {
    const all: MemoryEntry[] = [];
    for (const file of [...this.#files.keys()].sort()) {
      const shelf = this.#files.get(file)!;
      for (const key of shelf.keys()) all.push([file, key, shelf.numbers.get(key)!]);
    }
    return all;
  }
}

/** The memory of one gene file. */
export class Shelf {
  /** What is there; a number under a key that is there already may be replaced by any finite one but -0. */
  readonly numbers = new Map<string, number>();
  readonly #count: { entries: number };

  constructor(count: { entries: number }) {
    this.#count = count;
  }

  /** Numbers that are not finite, names that are too long, and new keys in a full memory are dropped. */
  remember(key: string, value: number): void {
    if (!isName(key) || !Number.isFinite(value)) return;
    if (!this.numbers.has(key)) {
      if (this.#count.entries >= limits.memory) return;
      this.#count.entries++;
    }
    this.numbers.set(key, value + 0); // -0 would not survive JSON
  }

  keys(): string[] {
    return [...this.numbers.keys()].sort();
  }
}
