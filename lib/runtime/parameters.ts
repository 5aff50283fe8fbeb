/**
 * Parameters as the numbers that they are in genomes, and as the values that genes read.
 *
 * @module
 */

import type { ParameterRange, ParameterScalar, ParameterValue, PoolParameter } from "./contract.ts";

const { freeze, hasOwn } = Object;

/** The parameters of a file as a genome holds them. */
export type HeldNumbers = Readonly<Record<string, number | readonly number[]>>;

/** Brings a number into a range, and rounds it where the range is not of real numbers; -0 becomes 0. */
export function inRange(value: number, { min, max, kind }: Pick<ParameterRange, "min" | "max" | "kind">): number {
  const within = Math.min(max, Math.max(min, value));
  return (isWhole(kind) ? Math.round(within) : within) + 0;
}

/** Whether the numbers of a kind are whole. */
export function isWhole(kind: PoolParameter["kind"]): boolean {
  return kind !== undefined && kind !== "real";
}

/** The name of an element of a list, such as `bits[17]`. */
export function elementName(list: string, at: number): string {
  return `${list}[${at}]`;
}

/** The ranges of the numbers that a parameter is made of: its own, or those of a list's elements. */
export function rangesOf({ options: _, length, ...range }: PoolParameter): ParameterRange[] {
  if (length === undefined) return [{ ...range, default: startAt(range, 0) }];
  return Array.from({ length }, (_, at) => ({
    ...range,
    name: elementName(range.name, at),
    default: startAt(range, at),
  }));
}

/** A file's parameters in a genome in which all are at their defaults. */
export function defaultsOf(parameters: readonly PoolParameter[]): Record<string, number | number[]> {
  return grouped(parameters, numbersOf(parameters, undefined));
}

/** The numbers of a file's parameters in a genome by their names, an element of a list as `bits[17]`. */
export function numbersByName(held: HeldNumbers): [name: string, number: number][] {
  return Object.entries(held).flatMap(([name, value]): [string, number][] =>
    typeof value === "number" ? [[name, value]] : value.map((number, at) => [elementName(name, at), number])
  );
}

/**
 * The numbers of a file's parameters in a genome, those of a list one after another: what it lacks is at its default,
 * what is out of its range is brought into it.
 */
export function numbersOf(parameters: readonly PoolParameter[], held: HeldNumbers | undefined): number[] {
  const numbers: number[] = [];
  for (const parameter of parameters) {
    const { name, length } = parameter;
    const own = held !== undefined && hasOwn(held, name) ? held[name] : undefined;
    if (length === undefined) numbers.push(numberOf(own, parameter, 0));
    else {for (let at = 0; at < length; at++) {
        numbers.push(numberOf(typeof own === "object" ? own[at] : undefined, parameter, at));
      }}
  }
  return numbers;
}

/** The same numbers as a genome holds them. */
export function grouped(
  parameters: readonly Pick<PoolParameter, "name" | "length">[],
  numbers: readonly number[],
): Record<string, number | number[]> {
  let at = 0;
  return Object.fromEntries(parameters.map(({ name, length }) => [
    name,
    length === undefined ? numbers[at++]! : numbers.slice(at, at += length),
  ]));
}

/** What genes read for them. */
export function valuesOf(
  parameters: readonly PoolParameter[],
  numbers: readonly number[],
): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {};
  let at = 0;
  for (const parameter of parameters) {
    const { name, length } = parameter;
    values[name] = valueOf(length === undefined ? numbers[at++]! : numbers.slice(at, at += length), parameter);
  }
  return values;
}

/** What genes read for what a genome holds of a parameter. */
export function valueOf(held: number | readonly number[], parameter: PoolParameter): ParameterValue {
  return typeof held === "number"
    ? scalarOf(held, parameter)
    : freeze(held.map((number) => scalarOf(number, parameter)));
}

function numberOf(own: unknown, parameter: PoolParameter, at: number): number {
  return typeof own !== "number" || Number.isNaN(own) ? startAt(parameter, at) : inRange(own, parameter);
}

function startAt({ default: start }: Pick<PoolParameter, "default">, at: number): number {
  return typeof start === "number" ? start : start[at]!;
}

function scalarOf(number: number, { kind, options }: PoolParameter): ParameterScalar {
  return kind === "boolean" ? number === 1 : kind === "choice" ? options![number]! : number;
}
