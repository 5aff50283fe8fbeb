/**
 * The ranges of the numbers of a gene file, made once for each file of a pool.
 *
 * @module
 */

import type { ParameterRange } from "../runtime/contract.ts";
import { type HeldNumbers, rangesOf } from "../runtime/parameters.ts";
import type { PoolFile } from "./pool.ts";

/** A number of a gene file. */
export interface NumberPlace {
  /** Its own range; an element of a list is called `bits[17]`. */
  readonly range: ParameterRange;
  /** The name of the parameter that it is, or is an element of. */
  readonly parameter: string;
  /** Which element it is of a list. */
  readonly element?: number;
}

const made = new WeakMap<PoolFile["parameters"], ReadonlyMap<string, NumberPlace>>();

/** A file's numbers by the names of their ranges, in the order of its parameters. */
export function numbersIn({ parameters }: PoolFile): ReadonlyMap<string, NumberPlace> {
  const known = made.get(parameters);
  if (known !== undefined) return known;
  const places = new Map(parameters.flatMap((one) => placesOf(one).map((place) => [place.range.name, place])));
  made.set(parameters, places);
  return places;
}

/** The ranges of a file's numbers. */
export function fileRanges(file: PoolFile): ParameterRange[] {
  return [...numbersIn(file).values()].map(({ range }) => range);
}

/** What a genome holds at a place; undefined: nothing, or a list where there is none. */
export function heldAt(held: HeldNumbers, { parameter, element }: NumberPlace): number | undefined {
  const value = held[parameter];
  if (element !== undefined) return typeof value === "object" ? value[element] : undefined;
  return typeof value === "number" ? value : undefined;
}

function placesOf(parameter: PoolFile["parameters"][number]): NumberPlace[] {
  const { name, length } = parameter;
  return rangesOf(parameter).map((range, at) => ({
    range,
    parameter: name,
    ...(length !== undefined && { element: at }),
  }));
}
