/**
 * `exp` and what is made of it, after FreeBSD's msun (fdlibm): e_exp.c, s_expm1.c, e_sinh.c, e_cosh.c, s_tanh.c.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { fromWords, high, scaled, withHigh } from "./words.ts";

const ln2High = 6.93147180369123816490e-01, ln2Low = 1.90821492927058770002e-10, inverseLn2 = 1.44269504088896338700;
const largest = 7.09782712893383973096e+02;

/** `e ** x`, within 1 ulp. */
export function exp(x: number): number {
  x = +x;
  if (x !== x) return NaN;
  if (x > largest) return Infinity;
  if (x < -7.45133219101941108420e+02) return 0;
  const size = Math.abs(x);
  let upper = x, lower = 0, k = 0;
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) {
      if (x === 1) return Math.E;
      k = x < 0 ? -1 : 1;
    } else {
      k = (inverseLn2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    }
    upper = x - k * ln2High;
    lower = k * ln2Low;
    x = upper - lower;
  } else if (size < 3.725290298461914e-9) {
    return 1 + x;
  }
  const t = x * x;
  const c = x - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 +
            t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  if (k === 0) return 1 - ((x * c) / (c - 2) - x);
  return scaled(1 - ((lower - (x * c) / (2 - c)) - upper), k);
}

/** `e ** x - 1`, within 1 ulp. */
export function expm1(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (x !== x || x === 0 || x === Infinity) return x;
  if (size >= 3.88162421113569373274e+01) {
    if (x < 0) return -1;
    if (x > largest) return Infinity;
  }
  let k = 0, c = 0;
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) k = x < 0 ? -1 : 1;
    else k = (inverseLn2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    const upper = x - k * ln2High, lower = k * ln2Low;
    x = upper - lower;
    c = (upper - x) - lower;
  } else if (size < 5.551115123125783e-17) {
    return x;
  }
  const half = 0.5 * x;
  const z = x * half;
  const r = 1 + z * (-3.33333333333331316428e-02 + z * (1.58730158725481460165e-03 +
            z * (-7.93650757867487942473e-05 + z * (4.00821782732936239552e-06 + z * -2.01099218183624371326e-07))));
  const t = 3 - r * half;
  let e = z * ((r - t) / (6 - x * t));
  if (k === 0) return x - (x * e - z);
  e = (x * (e - c) - c) - z;
  if (k === -1) return 0.5 * (x - e) - 0.5;
  if (k === 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  if (k <= -2 || k > 56) return scaled(1 - (e - x), k) - 1;
  if (k < 20) return scaled(withHigh(1, 0x3ff00000 - (0x200000 >> k)) - (e - x), k);
  return scaled(x - (e + fromWords((1023 - k) << 20, 0)) + 1, k);
}

/** The hyperbolic sine. */
export function sinh(x: number): number {
  x = +x;
  const size = Math.abs(x), half = x < 0 ? -0.5 : 0.5;
  if (size < 22) {
    if (size < 3.725290298461914e-9) return x;
    const t = expm1(size);
    return size < 1 ? half * (2 * t - t * t / (t + 1)) : half * (t + t / (t + 1));
  }
  if (size < 709.7822265625) return half * exp(size);
  if (size > 710.4758600739439) return x * Infinity;
  const w = exp(0.5 * size);
  return (half * w) * w;
}

/** The hyperbolic cosine. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size < 22) {
    if (size >= 0.34657359027997264) {
      const t = exp(size);
      return 0.5 * t + 0.5 / t;
    }
    const t = expm1(size), w = 1 + t;
    return high(size) < 0x3c800000 ? w : 1 + (t * t) / (w + w);
  }
  if (size < 709.7822265625) return 0.5 * exp(size);
  if (size > 710.4758600739439) return Infinity;
  const w = exp(0.5 * size);
  return (0.5 * w) * w;
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (x !== x || size < 3.725290298461914e-9) return x;
  let z = 1;
  if (size < 22) {
    const t = expm1(size >= 1 ? 2 * size : -2 * size);
    z = size >= 1 ? 1 - 2 / (t + 2) : -t / (t + 2);
  }
  return x < 0 ? -z : z;
}
