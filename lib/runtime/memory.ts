/**
 * What genes keep under names: numbers and lists of numbers. Signals, by name; memory, by gene file and key.
 *
 * @module
 */

import type { MemoryEntry } from "./contract.ts";
import { isName, limits } from "./limits.ts";

const { freeze } = Object;
const { isFinite } = Number;

/** What is kept under a name. */
export type Kept = number | readonly number[];

/** What is left of a bound on names and numbers. */
export interface Room {
  names: number;
  numbers: number;
}

/** Numbers and lists by name, within bounds that others may share. */
export class Shelf {
  /** What is there; a number under a name that holds a number may be replaced by any finite one but -0. */
  readonly kept: Map<string, Kept>;
  readonly #room: Room;
  readonly #zero: number;

  /**
   * @param room What is left; it is counted down.
   * @param zero What is added to each number: 0 makes 0 of -0, which would not survive JSON; -0 changes nothing.
   * @param kept Where it is kept. @default a map of its own
   */
  constructor(room: Room, zero: 0 | -0, kept: Map<string, Kept> = new Map()) {
    this.#room = room;
    this.#zero = zero;
    this.kept = kept;
  }

  /** Keeps a number, or a frozen copy of a list; what is no name, is not finite, or exceeds the bounds is dropped. */
  keep(name: string, value: unknown): void {
    if (!isName(name)) return;
    const before = this.kept.get(name);
    const names = before === undefined ? 1 : 0;
    const spare = this.#room.numbers + (before === undefined ? 0 : sizeOf(before));
    if (names > this.#room.names) return;
    const copy = copyOf(value, spare, this.#zero);
    if (copy === undefined) return;
    this.kept.set(name, copy);
    this.#room.names -= names;
    this.#room.numbers = spare - sizeOf(copy);
  }

  /** Takes over what another one holds. */
  takeOver(other: Shelf): void {
    for (const [name, value] of other.kept) this.keep(name, value);
  }

  names(): string[] {
    return [...this.kept.keys()].sort();
  }
}

/** How many numbers something counts as; an empty list needs a place, too. */
function sizeOf(kept: Kept): number {
  return typeof kept === "number" ? 1 : kept.length === 0 ? 1 : kept.length;
}

/** A number, or a frozen copy of a list of at most so many. */
function copyOf(value: unknown, most: number, zero: number): Kept | undefined {
  if (most < 1) return undefined;
  if (typeof value === "number") return isFinite(value) ? value + zero : undefined;
  const length = lengthOf(value);
  if (length === undefined || length > most) return undefined;
  return listOf(value as ArrayLike<unknown>, length, zero);
}

/** The length of a list, or of a typed array; undefined where something is neither. */
export function lengthOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { length } = value as ArrayLike<unknown>;
  return Number.isInteger(length) && length >= 0 ? length : undefined;
}

/** A frozen copy of a list, or undefined where an item is no finite number; each is read once. */
export function listOf(value: ArrayLike<unknown>, length: number, zero = -0): readonly number[] | undefined {
  const copy: number[] = [];
  for (let i = 0; i < length; i++) {
    const item = value[i];
    if (typeof item !== "number" || !isFinite(item)) return undefined;
    copy.push(item + zero);
  }
  return freeze(copy);
}

/** The memory of one agent, bounded over all its files. */
export class Memory {
  readonly #files = new Map<string, Shelf>();
  readonly #room: Room = { names: limits.memory, numbers: limits.memory };

  /**
   * @param entries What is remembered from before.
   */
  constructor(entries: readonly MemoryEntry[]) {
    for (const [file, key, value] of entries) this.shelf(file).keep(key, value);
  }

  /** The part of one gene file. */
  shelf(file: string): Shelf {
    let shelf = this.#files.get(file);
    if (shelf === undefined) this.#files.set(file, shelf = new Shelf(this.#room, 0));
    return shelf;
  }

  /** All that is remembered, sorted by file and key. */
  entries(): MemoryEntry[] {
    const all: MemoryEntry[] = [];
    for (const file of [...this.#files.keys()].sort()) {
      const shelf = this.#files.get(file)!;
      for (const key of shelf.names()) all.push([file, key, shelf.kept.get(key)!]);
    }
    return all;
  }
}
