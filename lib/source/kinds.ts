/**
 * The kinds that a declared parameter can be of, in the numbers of the pool.
 *
 * @module
 */

import type { ParameterKind, PoolParameter } from "../runtime/contract.ts";
import { optionName, poolLimits } from "../runtime/names.ts";
import { nearest } from "../util/nearest.ts";
import type { Literal } from "./literal.ts";

/** Why a declaration can't be used, as the rest of a sentence that begins with the parameter. */
export class Undeclarable extends Error {
  override name = "Undeclarable";
}

/** The literal of one declaration. */
type Fields = { readonly [key: string]: Literal };

/** A range, and how a default is read to a number in it. */
interface Read {
  readonly range: Pick<PoolParameter, "min" | "max" | "scale" | "options">;
  /** What a default must be. */
  readonly demand: string;
  number(value: Literal): number | undefined;
}

interface Kind {
  readonly fields: readonly string[];
  read(fields: Fields): Read;
}

const kinds: Readonly<Record<ParameterKind, Kind>> = {
  real: { fields: ["min", "max", "scale"], read: (fields) => numeric(fields, Number.isFinite, "finite") },
  integer: { fields: ["min", "max", "scale"], read: (fields) => numeric(fields, Number.isSafeInteger, "whole") },
  boolean: {
    fields: [],
    read: () => ({
      range: { min: 0, max: 1, scale: "linear" },
      demand: "true or false",
      number: (value) => typeof value === "boolean" ? Number(value) : undefined,
    }),
  },
  choice: { fields: ["options"], read: choice },
};

/**
 * What a declaration says, without its name.
 *
 * @throws {Undeclarable} If it can't be used.
 */
export function declaredOf(fields: Fields): Omit<PoolParameter, "name"> {
  const kind = kindOf(fields.kind);
  const known = ["kind", ...kinds[kind].fields, "default", "length"];
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Undeclarable(`has the unknown field ${unknown}; those of a ${kind} are ${known.join(", ")}`);
  }
  const read = kinds[kind].read(fields);
  const length = lengthOf(fields.length);
  const { min, max, scale, ...options } = read.range;
  return {
    min,
    max,
    default: defaultOf(fields.default, length, read),
    scale,
    ...(fields.kind !== undefined && { kind }),
    ...options,
    ...(length !== undefined && { length }),
  };
}

function kindOf(value: Literal | undefined): ParameterKind {
  if (value === undefined) return "real";
  if (typeof value === "string" && Object.hasOwn(kinds, value)) return value as ParameterKind;
  const known = Object.keys(kinds), meant = typeof value === "string" ? nearest(value, known) : undefined;
  throw new Undeclarable(
    `must have the kind ${known.map(shown).join(", ")}: it is ${shown(value)}` +
      (meant === undefined ? "" : `, did you mean ${shown(meant)}?`),
  );
}

function lengthOf(value: Literal | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= poolLimits.numbers) return value;
  throw new Undeclarable(`must have a whole length from 1 to ${poolLimits.numbers}: it is ${shown(value)}`);
}

/** Of a list the default is one value for all elements, or a list of values. */
function defaultOf(value: Literal | undefined, length: number | undefined, read: Read): number | number[] {
  if (value === undefined) throw new Undeclarable(`must have a default, ${read.demand}`);
  if (!Array.isArray(value)) return numberOf(value, read);
  if (length === undefined) throw new Undeclarable("must have a length, as its default is a list");
  if (value.length !== length) {
    throw new Undeclarable(`must have a default of ${length} values, as long as it is: it has ${value.length}`);
  }
  return value.map((one) => numberOf(one, read));
}

function numberOf(value: Literal, { demand, number }: Read): number {
  const found = number(value);
  if (found === undefined) throw new Undeclarable(`must have its default ${demand}: it is ${shown(value)}`);
  return found;
}

function numeric(fields: Fields, holds: (value: unknown) => boolean, what: string): Read {
  const { min, max, scale = "linear" } = fields;
  if (typeof min !== "number" || typeof max !== "number") throw new Undeclarable("must have the numbers min and max");
  if (![min, max, max - min].every(holds)) {
    throw new Undeclarable(`must have ${what} numbers min and max: they are ${min} and ${max}`);
  }
  if (!(min < max)) throw new Undeclarable(`must have min below max: they are ${min} and ${max}`);
  if (scale !== "linear" && scale !== "log") throw new Undeclarable(`must have the scale "linear" or "log"`);
  if (scale === "log" && min <= 0) throw new Undeclarable(`must have min above 0 for the scale "log": it is ${min}`);
  const demand = `${what === "whole" ? "a whole number " : ""}within ${min} and ${max}`;
  const isIn = (value: Literal) => typeof value === "number" && holds(value) && value >= min && value <= max;
  return { range: { min, max, scale }, demand, number: (value) => isIn(value) ? value as number : undefined };
}

function choice({ options }: Fields): Read {
  if (!isNames(options)) {
    throw new Undeclarable(`must have 2 to ${poolLimits.options} different names as its options`);
  }
  const at = (value: Literal) => options.indexOf(value as string);
  return {
    range: { min: 0, max: options.length - 1, scale: "linear", options },
    demand: `one of its options ${options.map(shown).join(", ")}`,
    number: (value) => at(value) < 0 ? undefined : at(value),
  };
}

function isNames(value: Literal | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length >= 2 && value.length <= poolLimits.options &&
    new Set(value).size === value.length && value.every((name) => typeof name === "string" && optionName.test(name));
}

function shown(value: Literal): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
