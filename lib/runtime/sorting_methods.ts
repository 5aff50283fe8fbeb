/**
 * The methods that sort, to stand in for those of arrays and typed arrays.
 *
 * @module
 */

import { compareTexts, type Comparison, mergeSort } from "./sorting.ts";

type Compared = Comparison | undefined;

/** `sort` and `toSorted` of arrays. */
export const arraySorting = {
  sort(this: unknown[], compare?: Compared): unknown[] {
    check(compare);
    const { length } = this;
    const present: unknown[] = [];
    let holes = 0, missing = 0;
    for (let i = 0; i < length; i++) {
      if (!(i in this)) holes++;
      else if (this[i] === undefined) missing++;
      else present[present.length] = this[i];
    }
    mergeSort(present, compare ?? compareTexts);
    for (let i = 0; i < length - holes; i++) this[i] = i < present.length ? present[i] : undefined;
    for (let i = present.length + missing; i < length; i++) delete this[i];
    return this;
  },
  toSorted(this: unknown[], compare?: Compared): unknown[] {
    check(compare);
    const copy: unknown[] = [];
    for (let i = 0; i < this.length; i++) copy[i] = this[i];
    return arraySorting.sort.call(copy, compare);
  },
};

/** `sort` and `toSorted` of typed arrays; a sort by number without a comparison is the engine's, for it has no choice. */
export const typedArraySorting = {
  sort(this: Float64Array, compare?: Compared): Float64Array {
    check(compare);
    if (compare === undefined) return byNumber(this);
    const numbers: unknown[] = [];
    for (let i = 0; i < this.length; i++) numbers[i] = this[i];
    mergeSort(numbers, compare);
    for (let i = 0; i < numbers.length; i++) this[i] = numbers[i] as number;
    return this;
  },
  toSorted(this: Float64Array, compare?: Compared): Float64Array {
    return typedArraySorting.sort.call(this.slice(), compare);
  },
};

/** The engine's own, taken when this is loaded. */
const byNumber: (list: Float64Array) => Float64Array = Function.prototype.call.bind(Float64Array.prototype.sort);

function check(compare: Compared): void {
  if (compare !== undefined && typeof compare !== "function") throw new TypeError("Cannot sort by what is no function");
}
