/**
 * The two words of a double: what the mathematics of fdlibm is made of.
 *
 * Its buffers are made when it is loaded, since genes must not get at the bytes of numbers: the sign of NaN differs
 * between engines.
 *
 * @module
 */

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const top = words[1] !== 0 ? 1 : 0;

/** The high word: sign, exponent and 20 bits. */
export function high(x: number): number {
  double[0] = x;
  return words[top]!;
}

/** The low word, signed. */
export function low(x: number): number {
  double[0] = x;
  return words[1 - top]!;
}

/** The number with another high word. */
export function withHigh(x: number, word: number): number {
  double[0] = x;
  words[top] = word;
  return double[0];
}

/** The number with the low word 0. */
export function cut(x: number): number {
  double[0] = x;
  words[1 - top] = 0;
  return double[0];
}

/** The number of two words. */
export function fromWords(upper: number, lower: number): number {
  words[top] = upper;
  words[1 - top] = lower;
  return double[0]!;
}

const large = fromWords(2046 << 20, 0), small = fromWords(23 << 20, 0);

/** `x * 2 ** k` for x from 0.5 to 2 and any k that a double has, rounded once. */
export function scaled(x: number, k: number): number {
  if (k > 1023) return x * 2 * large;
  if (k >= -1021) return x * fromWords((1023 + k) << 20, 0);
  return x * fromWords((2023 + k) << 20, 0) * small;
}
