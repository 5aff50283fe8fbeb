/**
 * The methods that write numbers: how many digits a fraction has in another base than ten is for the engine to say, and
 * of powers of two not every engine finds the shortest text.
 *
 * @module
 */

import { fromWords, high, low } from "./words.ts";

const { call } = Function.prototype;
const native = call.bind(Number.prototype.toString) as (value: unknown, radix?: number) => string;
const exponential = call.bind(Number.prototype.toExponential) as (value: unknown, places?: number) => string;
const valueOf = call.bind(Number.prototype.valueOf) as (value: unknown) => number;

const big = BigInt;
const nativeOfBig = call.bind(BigInt.prototype.toString) as (value: bigint, radix: number) => string;

const digits = "0123456789abcdefghijklmnopqrstuvwxyz";

/** What replaces methods of `Number.prototype`. */
export const numberMethods = {
  toString(this: number, radix?: number): string {
    const value = valueOf(this);
    if (radix === undefined) return shortest(value);
    const base = Math.trunc(+radix);
    if (base === 10) return shortest(value);
    if (!(base >= 2 && base <= 36) || Number.isSafeInteger(value)) return native(value, base);
    if (!Number.isFinite(value)) return native(value);
    return value < 0 ? `-${inBase(-value, base)}` : inBase(value, base);
  },
  toExponential(this: number, places?: number): string {
    const value = valueOf(this);
    return places === undefined && isRough(value) ? shortest(value) : exponential(value, places);
  },
};

/** The shortest text that is closer to a number than to any other. */
export function shortest(value: number): string {
  if (!isRough(value)) return native(value);
  // All of these are so small or so large that they are written with an exponent.
  for (let places = 0; places < 16; places++) {
    const text = exponential(value, places), end = text.indexOf("e");
    if (+text === value) return text;
    const above = `${text.slice(0, end - 1)}${+text[end - 1]! + 1}${text.slice(end)}`;
    if (+above === value) return above;
  }
  return native(value);
}

/** Whether a number is a power of two beyond what is written without an exponent: its neighbours are not alike far away. */
function isRough(value: number): boolean {
  const size = value < 0 ? -value : value;
  return (size < 1e-6 && size > 0 || size >= 1e21) && low(size) === 0 && (high(size) & 0xfffff) === 0;
}

/** A text that is closer to a positive number than to any other; of a fraction the one of V8's `DoubleToRadixCString`. */
function inBase(value: number, base: number): string {
  let whole = Math.floor(value);
  let rest = value - whole;
  let delta = Math.max(Number.MIN_VALUE, 0.5 * (next(value) - value));
  const fraction: number[] = [];
  while (rest >= delta) {
    rest *= base;
    delta *= base;
    const digit = Math.trunc(rest);
    fraction.push(digit);
    rest -= digit;
    if ((rest > 0.5 || (rest === 0.5 && digit % 2 === 1)) && rest + delta > 1) {
      whole += roundUp(fraction, base);
      break;
    }
  }
  const text = wholeInBase(whole, base);
  return fraction.length === 0 ? text : `${text}.${fraction.map((digit) => digits[digit]).join("")}`;
}

/** Adds one to the last digit; gives what is carried to the whole part. */
function roundUp(fraction: number[], base: number): number {
  while (fraction.length > 0) {
    const digit = fraction.pop()!;
    if (digit + 1 === base) continue;
    fraction.push(digit + 1);
    return 0;
  }
  return 1;
}

/** All digits of a whole number: beyond those that are counted singly, engines make up the last ones. */
function wholeInBase(whole: number, base: number): string {
  return Number.isSafeInteger(whole) ? native(whole, base) : nativeOfBig(big(whole), base);
}

/** The next larger number. */
function next(value: number): number {
  const upper = high(value), lower = low(value);
  return lower === -1 ? fromWords(upper + 1, 0) : fromWords(upper, lower + 1);
}
