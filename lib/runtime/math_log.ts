/**
 * Logarithms and what is made of them, after FreeBSD's msun (fdlibm): e_log.c, s_log1p.c, e_log2.c, e_log10.c, s_asinh.c,
 * e_acosh.c, e_atanh.c.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { cut, high, withHigh } from "./words.ts";

const ln2High = 6.93147180369123816490e-01, ln2Low = 1.90821492927058770002e-10;
const two54 = 18014398509481984;

/** Coefficients of the approximation of `log(1 + f)`, by powers of `(f / (2 + f)) ** 2`. */
const l1 = 6.666666666666735130e-01, l2 = 3.999999999940941908e-01, l3 = 2.857142874366239149e-01;
const l4 = 2.222219843214978396e-01, l5 = 1.818357216161805012e-01, l6 = 1.531383769920937332e-01;
const l7 = 1.479819860511658591e-01;

/** The natural logarithm, within 1 ulp. */
export function log(x: number): number {
  x = +x;
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  let k = 0;
  let word = high(x);
  if (word < 0x00100000) {
    k -= 54;
    x *= two54;
    word = high(x);
  }
  k += (word >> 20) - 1023;
  word &= 0x000fffff;
  const carried = (word + 0x95f64) & 0x100000;
  const f = withHigh(x, word | (carried ^ 0x3ff00000)) - 1;
  k += carried >> 20;
  if ((0x000fffff & (2 + word)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
    const r = f * f * (0.5 - 0.33333333333333333 * f);
    return k === 0 ? f - r : k * ln2High - ((r - k * ln2Low) - f);
  }
  const s = f / (2 + f), z = s * s, w = z * z;
  const r = z * (l1 + w * (l3 + w * (l5 + w * l7))) + w * (l2 + w * (l4 + w * l6));
  if (((word - 0x6147a) | (0x6b851 - word)) > 0) {
    const h = 0.5 * f * f;
    return k === 0 ? f - (h - s * (h + r)) : k * ln2High - ((h - (s * (h + r) + k * ln2Low)) - f);
  }
  return k === 0 ? f - s * (f - r) : k * ln2High - ((s * (f - r) - k * ln2Low) - f);
}

/** `log(1 + x)`, within 1 ulp. */
export function log1p(x: number): number {
  x = +x;
  if (x < -1 || x !== x) return NaN;
  if (x === -1) return -Infinity;
  if (x === Infinity || x === 0) return x;
  const size = Math.abs(x);
  if (size < 1.862645149230957e-9) return size < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  let k = 0, c = 0, f = x, word = 1;
  if (!(x > -0.2928932188134524 && x < 0.41421356237309503)) {
    let u = x;
    if (size < 9007199254740992) {
      u = 1 + x;
      k = (high(u) >> 20) - 1023;
      c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    } else {
      k = (high(u) >> 20) - 1023;
    }
    word = high(u) & 0x000fffff;
    if (word < 0x6a09e) {
      u = withHigh(u, word | 0x3ff00000);
    } else {
      k++;
      u = withHigh(u, word | 0x3fe00000);
      word = (0x00100000 - word) >> 2;
    }
    f = u - 1;
  }
  const h = 0.5 * f * f;
  if (word === 0) {
    if (f === 0) return k * ln2High + (c + k * ln2Low);
    const r = h * (1 - 0.66666666666666666 * f);
    return k * ln2High - ((r - (k * ln2Low + c)) - f);
  }
  const s = f / (2 + f), z = s * s;
  const r = z * (l1 + z * (l2 + z * (l3 + z * (l4 + z * (l5 + z * (l6 + z * l7))))));
  return k === 0 ? f - (h - s * (h + r)) : k * ln2High - ((h - (s * (h + r) + (k * ln2Low + c))) - f);
}

/** The logarithm to base 2, within 1 ulp; exact for powers of 2. */
export function log2(x: number): number {
  x = +x;
  if (!(x > 0) || x === Infinity || x === 1) return special(x);
  const { k, f } = reduced(x);
  const { upper, lower } = parts(f);
  const value = upper * 1.44269504072144627571, w = k + value;
  const rest = (lower + upper) * 1.67517131648865118353e-10 + lower * 1.44269504072144627571;
  return rest + ((k - w) + value) + w;
}

/** The logarithm to base 10, within 1 ulp. */
export function log10(x: number): number {
  x = +x;
  if (!(x > 0) || x === Infinity || x === 1) return special(x);
  const { k, f } = reduced(x);
  const { upper, lower } = parts(f);
  const value = upper * 4.34294481878168880939e-01, whole = k * 3.01029995663611771306e-01, w = whole + value;
  const rest = k * 3.69423907715893078616e-13 + (lower + upper) * 2.50829467116452752298e-11 +
    lower * 4.34294481878168880939e-01;
  return rest + ((whole - w) + value) + w;
}

/** The inverse hyperbolic sine. */
export function asinh(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (x !== x || size === Infinity || size < 3.725290298461914e-9) return x;
  let w: number;
  if (size > 268435456) w = log(size) + Math.LN2;
  else if (size > 2) w = log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
  else w = log1p(size + x * x / (1 + Math.sqrt(1 + x * x)));
  return x < 0 ? -w : w;
}

/** The inverse hyperbolic cosine. */
export function acosh(x: number): number {
  x = +x;
  if (!(x >= 1)) return NaN;
  if (x >= 268435456) return log(x) + Math.LN2;
  if (x > 2) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return log1p(t + Math.sqrt(2 * t + t * t));
}

/** The inverse hyperbolic tangent. */
export function atanh(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  if (size === 1) return x / 0;
  if (size < 3.725290298461914e-9) return x;
  const t = size + size;
  const w = 0.5 * log1p(size < 0.5 ? t + t * size / (1 - size) : t / (1 - size));
  return x < 0 ? -w : w;
}

function special(x: number): number {
  if (x === 0) return -Infinity;
  return x === 1 ? 0 : x > 0 ? x : NaN;
}

/** `x = 2 ** k * (1 + f)` with `1 + f` between `sqrt(2) / 2` and `sqrt(2)`. */
function reduced(x: number): { k: number; f: number } {
  let k = 0;
  if (high(x) < 0x00100000) {
    k = -54;
    x *= two54;
  }
  const word = high(x) & 0x000fffff;
  const carried = (word + 0x95f64) & 0x100000;
  return { k: k + (high(x) >> 20) - 1023 + (carried >> 20), f: withHigh(x, word | (carried ^ 0x3ff00000)) - 1 };
}

/** `log(1 + f)` as a sum of which the greater part has few bits. */
function parts(f: number): { upper: number; lower: number } {
  const h = 0.5 * f * f, s = f / (2 + f), z = s * s, w = z * z;
  const r = s * (h + z * (l1 + w * (l3 + w * (l5 + w * l7))) + w * (l2 + w * (l4 + w * l6)));
  const upper = cut(f - h);
  return { upper, lower: (f - upper) - h + r };
}
