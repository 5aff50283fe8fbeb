/**
 * Copies of what a world gives to others: plain data, so that nothing that is handed on can be changed or be called.
 *
 * @module
 */

import { limits } from "./limits.ts";

const { freeze, getPrototypeOf, keys, prototype } = Object;
const { isFinite } = Number;
const { isArray } = Array;

/** What may be copied. */
export interface CopyBounds {
  /** Values in all, those of lists and records included. */
  readonly items: number;
  /** Whether numbers, lists and records are all that there may be; else texts, true, false and null as well. */
  readonly isNumeric: boolean;
}

/** A frozen copy, or what something had to be. */
export type Copied = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly demand: string };

class Refusal extends Error {}

/** A frozen copy of plain data; typed arrays become lists, -0 becomes 0. */
export function plainCopy(value: unknown, bounds: CopyBounds): Copied {
  try {
    return { ok: true, value: new Copier(bounds).copy(value, 0) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { ok: false, demand: thrown.message };
  }
}

class Copier {
  readonly #isNumeric: boolean;
  #left: number;

  constructor({ items, isNumeric }: CopyBounds) {
    this.#left = items;
    this.#isNumeric = isNumeric;
  }

  copy(value: unknown, depth: number): unknown {
    if (this.#left-- <= 0) throw new Refusal("less data");
    if (typeof value === "number") {
      if (!isFinite(value)) throw new Refusal("finite numbers");
      return value + 0;
    }
    if (!this.#isNumeric && (value === null || typeof value === "boolean" || typeof value === "string")) return value;
    if (typeof value !== "object" || value === null) {
      throw new Refusal(this.#isNumeric ? "numbers, lists and records alone" : "plain JSON");
    }
    if (depth >= limits.depth) throw new Refusal(`at most ${limits.depth} levels of lists and records`);
    if (isArray(value) || value instanceof TypedArray) return this.#list(value as ArrayLike<unknown>, depth);
    const parent = getPrototypeOf(value);
    if (parent !== prototype && parent !== null) throw new Refusal("plain lists and records");
    return this.#record(value as Record<string, unknown>, depth);
  }

  #list(list: ArrayLike<unknown>, depth: number): readonly unknown[] {
    const copy: unknown[] = [];
    for (let i = 0; i < list.length; i++) copy.push(this.copy(list[i], depth + 1));
    return freeze(copy);
  }

  #record(record: Readonly<Record<string, unknown>>, depth: number): unknown {
    const copy: Record<string, unknown> = {};
    for (const name of keys(record)) {
      if (name in prototype) throw new Refusal("records without names that every object has");
      copy[name] = this.copy(record[name], depth + 1);
    }
    return freeze(copy);
  }
}

const TypedArray = getPrototypeOf(Uint8Array) as new () => ArrayLike<unknown>;
