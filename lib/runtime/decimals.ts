/**
 * Reading numbers that have more digits than engines agree on: rounded once, to the nearest double, ties to even.
 *
 * What it needs is taken when it is loaded.
 *
 * @module
 */

import { fromWords } from "./words.ts";

const big = BigInt, number = Number;
const [zero, one, ten] = [big(0), big(1), big(10)];

/** Significant decimal digits that all engines read alike. */
const agreed = 17;

/** More significant digits than the border between two doubles has: of further ones it only matters whether there are any. */
const decisive = 800;

/** More digits than the largest double has in base 2. */
const mostDigits = 1100;

const decimal = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<exponent>[+-]?\d+))?/;

/**
 * The number that a text begins with, if engines could differ about it: where it has more than 17 significant digits.
 *
 * @param text Without blanks before it.
 * @param all Whether nothing may come after it.
 */
export function longDecimal(text: string, all: boolean): number | undefined {
  if (text.length <= agreed) return undefined;
  const found = decimal.exec(text)!;
  if (all && found[0].length !== text.length) return undefined;
  const { sign, whole, fraction = "", exponent = "0" } = found.groups!;
  const digits = `${whole}${fraction}`;
  let from = 0, to = digits.length;
  while (digits[from] === "0") from++;
  while (to > from && digits[to - 1] === "0") to--;
  if (to - from <= agreed) return undefined;
  const power = number(exponent) - fraction.length + digits.length - to;
  const left = Math.max(0, to - from - decisive);
  const value = left === 0
    ? decimalOf(digits.slice(from, to), power)
    : decimalOf(`${digits.slice(from, from + decisive)}1`, power + left - 1);
  return sign === "-" ? -value : value;
}

/** `digits * 10 ** power`; the digits begin with none that is 0. */
function decimalOf(digits: string, power: number): number {
  if (digits.length + power > 310) return Infinity;
  if (digits.length + power < -330) return 0;
  const whole = big(digits);
  return power >= 0 ? quotient(whole * ten ** big(power), one) : quotient(whole, ten ** big(-power));
}

/**
 * The whole number that a text begins with in a base.
 *
 * @param text Without blanks before it; with its sign.
 * @param base From 2 to 36, or 0 for what the text says.
 */
export function longWhole(text: string, base: number): number {
  let at = text[0] === "-" || text[0] === "+" ? 1 : 0;
  if ((base === 0 || base === 16) && /^0[xX]/.test(text.slice(at, at + 2))) [at, base] = [at + 2, 16];
  const radix = base === 0 ? 10 : base;
  let value = zero, digits = 0;
  for (; at < text.length; at++) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit >= radix) break;
    if (digits > 0 || digit > 0) digits++;
    if (digits <= mostDigits) value = value * big(radix) + big(digit);
  }
  const found = digits > mostDigits ? Infinity : quotient(value, one);
  return text[0] === "-" ? -found : found;
}

function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 122 ? letter - 87 : 36;
}

/** The double next to a quotient of positive whole numbers. */
function quotient(numerator: bigint, denominator: bigint): number {
  if (numerator === zero) return 0;
  // So far that at least 64 bits are before the point.
  const shift = 64 + bits(denominator) - bits(numerator);
  const [over, under] = shift >= 0 ? [numerator << big(shift), denominator] : [numerator, denominator << big(-shift)];
  const whole = over / under;
  const length = bits(whole);
  // Below the normal doubles there are fewer bits.
  const drop = length - Math.max(0, Math.min(53, length - shift + 1074));
  const kept = whole >> big(drop);
  const rest = (whole - (kept << big(drop))) << one;
  const half = one << big(drop);
  const isMore = rest > half || (rest === half && (whole * under !== over || (kept & one) === one));
  return timesPower(number(isMore ? kept + one : kept), drop - shift);
}

/** Bits of a positive whole number. */
function bits(value: bigint): number {
  const digits = value.toString(16);
  return digits.length * 4 - Math.clz32(number(big(`0x${digits[0]}`))) + 28;
}

/** `value * 2 ** power`, where that is a double or too large for one. */
function timesPower(value: number, power: number): number {
  let [product, left] = [value, power];
  for (; left > 1000; left -= 1000) product *= powerOfTwo(1000);
  for (; left < -1000; left += 1000) product *= powerOfTwo(-1000);
  return product * powerOfTwo(left);
}

function powerOfTwo(power: number): number {
  return fromWords((1023 + power) << 20, 0);
}
