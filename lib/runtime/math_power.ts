/**
 * `pow`, `cbrt` and `hypot`; the first two after FreeBSD's msun (fdlibm): e_pow.c, s_cbrt.c.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { cut, fromWords, high, low, scaled, withHigh } from "./words.ts";

/** `x` to the power of `y`, within 1 ulp. */
export function pow(x: number, y: number): number {
  x = +x;
  y = +y;
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) return size === 1 ? NaN : (size > 1) === (y > 0) ? Infinity : 0;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5 && x >= 0) return Math.sqrt(x);
  if (y === -1) return 1 / x;
  const odd = isOdd(y);
  if (size === 0 || size === Infinity || size === 1) {
    const value = size === 1 ? 1 : (size === 0) === (y > 0) ? 0 : Infinity;
    if (x < 0 && size === 1 && !Number.isInteger(y)) return NaN;
    return odd && (x < 0 || Object.is(x, -0)) ? -value : value;
  }
  if (x < 0 && !Number.isInteger(y)) return NaN;
  const value = positive(size, y);
  return x < 0 && odd ? -value : value;
}

/** The cube root, within 1 ulp. */
export function cbrt(x: number): number {
  x = +x;
  if (x === 0 || !(Math.abs(x) < Infinity)) return x;
  const word = high(x) & 0x7fffffff;
  const sign = high(x) & 0x80000000;
  let t: number;
  if (word < 0x00100000) {
    const larger = high(x * 18014398509481984) & 0x7fffffff;
    t = fromWords(sign | ((larger / 3 | 0) + 696219795), 0);
  } else {
    t = fromWords(sign | ((word / 3 | 0) + 715094163), 0);
  }
  let r = (t * t) * (t / x);
  t = t * ((1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140)) +
    ((r * r) * r) * (-0.758397934778766047437 + r * 0.145996192886612446982));
  t = rounded(t);
  r = x / (t * t);
  return t + t * ((r - t) / (t + t + r));
}

/** The root of the sum of squares, without overflow in between; summed after Kahan (1965). */
export function hypot(...values: number[]): number {
  let largest = 0, undefinedOne = false;
  for (let i = 0; i < values.length; i++) {
    const size = values[i] = Math.abs(values[i]!);
    if (size !== size) undefinedOne = true;
    else if (size > largest) largest = size;
  }
  if (largest === Infinity) return Infinity;
  if (undefinedOne) return NaN;
  if (largest === 0) return 0;
  let sum = 0, lost = 0;
  for (let i = 0; i < values.length; i++) {
    const part = values[i]! / largest, term = part * part - lost, next = sum + term;
    lost = (next - sum) - term;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}

function isOdd(y: number): boolean {
  return Math.abs(y % 2) === 1;
}

/** To 23 bits, so that its square is exact. */
function rounded(t: number): number {
  const lower = low(t);
  const upper = high(t);
  return lower & 0x80000000
    ? fromWords(upper + 1, lower & 0x40000000)
    : fromWords(upper, 0x80000000 | lower & 0x40000000);
}

/** `x ** y` for a positive, finite x and a finite y, neither trivial. */
function positive(x: number, y: number): number {
  const huge = high(y) & 0x7fffffff;
  if (huge > 0x41e00000) {
    if (huge > 0x43f00000 || high(x) < 0x3fefffff || high(x) > 0x3ff00000) return (x > 1) === (y > 0) ? Infinity : 0;
    nearOne(x);
  } else {
    logarithm(x);
  }
  const y1 = cut(y);
  const lower = (y - y1) * logHigh + y * logLow;
  const upper = y1 * logHigh;
  const z = lower + upper;
  if (z > 1024 || (z === 1024 && lower + 8.0085662595372944372e-17 > z - upper)) return Infinity;
  if (z < -1075 || (z === -1075 && lower <= z - upper)) return 0;
  return powerOfTwo(upper, lower, z);
}

/** The logarithm to base 2 that the two functions below leave, in two parts. */
let logHigh = 0, logLow = 0;

function nearOne(x: number): void {
  const t = x - 1;
  const w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  const u = 1.44269502162933349609 * t, v = t * 1.92596299112661746887e-08 - w * 1.44269504088896338700;
  logHigh = cut(u + v);
  logLow = v - (logHigh - u);
}

function logarithm(x: number): void {
  let n = 0, word = high(x);
  if (word < 0x00100000) {
    x *= 9007199254740992;
    n -= 53;
    word = high(x);
  }
  n += (word >> 20) - 1023;
  const j = word & 0x000fffff;
  word = j | 0x3ff00000;
  let k = 0;
  if (j > 0x3988E) {
    if (j < 0xBB67A) k = 1;
    else {
      n++;
      word -= 0x00100000;
    }
  }
  x = withHigh(x, word);
  const base = k === 1 ? 1.5 : 1;
  const u = x - base, v = 1 / (x + base), s = u * v, sHigh = cut(s);
  const tHigh = fromWords(((word >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0);
  const tLow = x - (tHigh - base);
  const sLow = v * ((u - sHigh * tHigh) - sHigh * tLow);
  const square = s * s;
  const r = square * square * (5.99999999999994648725e-01 + square * (4.28571428578550184252e-01 +
            square * (3.33333329818377432918e-01 + square * (2.72728123808534006489e-01 +
                    square * (2.30660745775561754067e-01 + square * 2.06975017800338417784e-01))))) +
    sLow * (sHigh + s);
  const sHigh2 = sHigh * sHigh;
  const pHigh = cut(3 + sHigh2 + r), pLow = r - ((pHigh - 3) - sHigh2);
  const a = sHigh * pHigh, b = sLow * pHigh + pLow * s;
  const sum = cut(a + b), left = b - (sum - a);
  const zHigh = 9.61796700954437255859e-01 * sum;
  const zLow = -7.02846165095275826516e-09 * sum + left * 9.61796693925975554329e-01 +
    (k === 1 ? 1.35003920212974897128e-08 : 0);
  const shift = k === 1 ? 5.84962487220764160156e-01 : 0;
  logHigh = cut(((zHigh + zLow) + shift) + n);
  logLow = zLow - (((logHigh - n) - shift) - zHigh);
}

/** `2 ** (upper + lower)`; z is their sum, rounded. */
function powerOfTwo(upper: number, lower: number, z: number): number {
  const n = Math.abs(z) > 0.5 ? Math.trunc(z + (z < 0 ? -0.5 : 0.5)) : 0;
  upper -= n;
  const t = cut(lower + upper);
  const u = t * 6.93147182464599609375e-01;
  const v = (lower - (t - upper)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
  const sum = u + v, w = v - (sum - u), square = sum * sum;
  const c = sum - square * (1.66666666666666019037e-01 + square * (-2.77777777770155933842e-03 +
            square * (6.61375632143793436117e-05 + square * (-1.65339022054652515390e-06 +
                    square * 4.13813679705723846039e-08))));
  const r = (sum * c) / (c - 2) - (w + sum * w);
  return scaled(1 - (r - sum), n);
}
