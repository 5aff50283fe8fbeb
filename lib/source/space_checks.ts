/**
 * What the settings of a world that say what genes see and do must be.
 *
 * @module
 */

import { geneName } from "../runtime/names.ts";
import type { Literal } from "./literal.ts";
import { isRecord } from "./parameters.ts";

/** Longest list that is an action, or that is perceived under a name. */
const longest = 65_536;
const label = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const plain = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** What is said of names that are refused. */
export const formOfNames = 'letters, digits, "_" and "-", a letter first';

const discrete = `{ space: "discrete", names } of 1 to 1024 different names (${formOfNames}), or ` +
  '{ space: "discrete", count } from 1 to 65536';
const multiDiscrete = `{ space: "multiDiscrete", counts } of 1 to ${longest} whole numbers from 1 to 1000000`;
const box = `{ space: "box", length, low, high, integer?, default? }, length from 1 to ${longest}, low up to high ` +
  "(numbers, or lists as long as that, up to 1e12 in magnitude, whole ones where integer), and default within them";

/** What is wrong with a space of actions, as what it must be; undefined: nothing. */
export function spaceFault(value: Literal): string | undefined {
  if (!isRecord(value)) return `${discrete}, ${multiDiscrete}, or ${box}`;
  switch (value["space"]) {
    case "discrete":
      return isDiscrete(value) ? undefined : discrete;
    case "multiDiscrete":
      return isMultiDiscrete(value) ? undefined : multiDiscrete;
    case "box":
      return isBox(value) ? undefined : box;
  }
  return `of the space "discrete", "multiDiscrete" or "box"`;
}

type Fields = Readonly<Record<string, Literal>>;

function isDiscrete(value: Fields): boolean {
  if (!hasJust(value, ["names", "count"])) return false;
  const { names, count } = value;
  if (count === undefined) return areNames(names, 1024);
  return names === undefined && isWhole(count, 1, 65_536);
}

/** Whether a value is a list of different names. */
export function areNames(value: Literal | undefined, most: number, form: RegExp = label): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= most && new Set(value).size === value.length &&
    value.every((item) => typeof item === "string" && form.test(item));
}

function isMultiDiscrete(value: Fields): boolean {
  const { counts } = value;
  return hasJust(value, ["counts"]) && Array.isArray(counts) && counts.length >= 1 && counts.length <= longest &&
    counts.every((count) => isWhole(count, 1, 1_000_000));
}

function isBox(value: Fields): boolean {
  const { length, low, high, integer = false, default: start } = value;
  if (!hasJust(value, ["length", "low", "high", "integer", "default"])) return false;
  if (!isWhole(length, 1, longest) || typeof integer !== "boolean") return false;
  const isBound = (bound: Literal | undefined) => isSpread(bound, length, integer);
  if (!isBound(low) || !isBound(high) || (start !== undefined && !isBound(start))) return false;
  for (let i = 0; i < length; i++) {
    const least = itemOf(low!, i), most = itemOf(high!, i);
    if (least > most) return false;
    if (start !== undefined && (itemOf(start, i) < least || itemOf(start, i) > most)) return false;
  }
  return true;
}

function isSpread(value: Literal | undefined, length: number, integer: boolean): boolean {
  const items = Array.isArray(value) ? value as readonly Literal[] : [value];
  return (!Array.isArray(value) || items.length === length) &&
    items.every((item) => typeof item === "number" && Math.abs(item) <= 1e12 && (!integer || Number.isInteger(item)));
}

function itemOf(value: Literal, at: number): number {
  return (Array.isArray(value) ? value[at] : value) as number;
}

/** Whether what is perceived is declared: a length for each name. */
export function isObservation(value: Literal): boolean {
  if (!isRecord(value)) return false;
  const entries = Object.entries(value);
  return entries.length >= 1 && entries.length <= 256 &&
    entries.every(([name, length]) => geneName.test(name) && isWhole(length, 1, longest)) &&
    entries.reduce((sum, [, length]) => sum + (length as number), 0) <= longest;
}

/** Whether objectives are declared: 1 to 8 different names, each with its sense. */
export function areObjectives(value: Literal): boolean {
  if (!Array.isArray(value) || value.length < 1 || value.length > 8) return false;
  const sound = value.every((one: Literal) =>
    isRecord(one) && Object.keys(one).length === 2 && typeof one["name"] === "string" && plain.test(one["name"]) &&
    (one["sense"] === "minimise" || one["sense"] === "maximise")
  );
  return sound && new Set(value.map((one: Literal) => (one as Fields)["name"])).size === value.length;
}

function hasJust(value: Fields, fields: readonly string[]): boolean {
  return Object.keys(value).every((key) => key === "space" || fields.includes(key));
}

/** Whether a value is a whole number within bounds. */
export function isWhole(value: Literal | undefined, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
