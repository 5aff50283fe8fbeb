/**
 * `sin`, `cos` and `tan`, after FreeBSD's msun (fdlibm): k_sin.c, k_cos.c, k_tan.c, e_rem_pio2.c.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { quadrant, rest } from "./math_quadrant.ts";
import { cut, high } from "./words.ts";

const quarter = 0.7853981633974483;

/** The sine, within 1 ulp. */
export function sin(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (size < quarter) return size < 1.4901161193847656e-8 ? x : kernelSin(x, 0);
  const n = quadrant(x) & 3;
  const y = n & 1 ? kernelCos(rest[0]!, rest[1]!) : kernelSin(rest[0]!, rest[1]!);
  return n > 1 ? -y : y;
}

/** The cosine, within 1 ulp. */
export function cos(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (size < quarter) return size < 7.450580596923828e-9 ? 1 : kernelCos(x, 0);
  const n = quadrant(x) & 3;
  const y = n & 1 ? kernelSin(rest[0]!, rest[1]!) : kernelCos(rest[0]!, rest[1]!);
  return n === 1 || n === 2 ? -y : y;
}

/** The tangent, within 1 ulp. */
export function tan(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (size < quarter) return size < 7.450580596923828e-9 ? x : kernelTan(x, 0, false);
  const n = quadrant(x);
  return kernelTan(rest[0]!, rest[1]!, (n & 1) === 1);
}

function kernelSin(x: number, y: number): number {
  const z = x * x, w = z * z, v = z * x;
  const r = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * 2.75573137070700676789e-06) +
    z * w * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
  if (y === 0) return x + v * (-1.66666666666666324348e-01 + z * r);
  return x - ((z * (0.5 * y - v * r) - y) - v * -1.66666666666666324348e-01);
}

function kernelCos(x: number, y: number): number {
  const z = x * x, w = z * z;
  const r = z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * 2.48015872894767294178e-05)) +
    w * w * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11));
  const half = 0.5 * z, near = 1 - half;
  return near + (((1 - near) - half) + (z * r - x * y));
}

/** The tangent, or where `inverted` its negative inverse. */
function kernelTan(x: number, y: number, inverted: boolean): number {
  const word = high(x);
  const large = (word & 0x7fffffff) >= 0x3fe59428;
  if (large) {
    if (word < 0) {
      x = -x;
      y = -y;
    }
    x = (7.85398163397448278999e-01 - x) + (3.06161699786838301793e-17 - y);
    y = 0;
  }
  const z = x * x, w = z * z;
  const odd = 1.33333333333201242699e-01 + w * (2.18694882948595424599e-02 + w * (3.59207910759131235356e-03 +
            w * (5.88041240820264096874e-04 + w * (7.81794442939557092300e-05 + w * -1.85586374855275456654e-05))));
  const even = z * (5.39682539762260521377e-02 + w * (8.86323982359930005737e-03 + w * (1.45620945432529025516e-03 +
            w * (2.46463134818469906812e-04 + w * (7.14072491382608190305e-05 + w * 2.59073051863633712884e-05)))));
  const s = z * x;
  const r = y + z * (s * (odd + even) + y) + 3.33333333333334091986e-01 * s;
  const sum = x + r;
  if (large) {
    const v = inverted ? -1 : 1;
    return (word < 0 ? -1 : 1) * (v - 2 * (x - (sum * sum / (sum + v) - r)));
  }
  if (!inverted) return sum;
  const upper = cut(sum), a = -1 / sum, t = cut(a);
  return t + a * (1 + t * upper + t * (r - (upper - x)));
}
