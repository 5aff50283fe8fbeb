/**
 * `asin`, `acos`, `atan` and `atan2`, after FreeBSD's msun (fdlibm): e_asin.c, e_acos.c, s_atan.c, e_atan2.c.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { cut, high } from "./words.ts";

const halfPi = 1.57079632679489655800, halfPiLow = 6.12323399573676603587e-17, piLow = 1.2246467991473531772e-16;

/** The angle of which this is the sine, within 1 ulp. */
export function asin(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  if (size === 1) return x * halfPi + x * halfPiLow;
  if (size < 0.5) return size < 7.450580596923828e-9 ? x : x + x * ratio(x * x);
  const t = (1 - size) * 0.5, s = Math.sqrt(t), r = ratio(t);
  let angle: number;
  if ((high(x) & 0x7fffffff) >= 0x3fef3333) {
    angle = halfPi - (2 * (s + s * r) - halfPiLow);
  } else {
    const w = cut(s), c = (t - w * w) / (s + w);
    angle = 7.85398163397448278999e-01 - ((2 * s * r - (halfPiLow - 2 * c)) - (7.85398163397448278999e-01 - 2 * w));
  }
  return x < 0 ? -angle : angle;
}

/** The angle of which this is the cosine, within 1 ulp. */
export function acos(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  if (x === 1) return 0;
  if (x === -1) return Math.PI + 2 * halfPiLow;
  if (size < 0.5) {
    return size < 6.938893903907228e-18 ? halfPi + halfPiLow : halfPi - (x - (halfPiLow - x * ratio(x * x)));
  }
  const z = (1 - size) * 0.5, s = Math.sqrt(z), r = ratio(z);
  if (x < 0) return Math.PI - 2 * (s + (r * s - halfPiLow));
  const upper = cut(s), c = (z - upper * upper) / (s + upper);
  return 2 * (upper + (r * s + c));
}

/** The angle of which this is the tangent, within 1 ulp. */
export function atan(x: number): number {
  x = +x;
  const size = Math.abs(x);
  if (x !== x) return NaN;
  if (size >= 73786976294838206464) return x < 0 ? -halfPi - halfPiLow : halfPi + halfPiLow;
  if (size < 0.4375) return size < 7.450580596923828e-9 ? x : x - x * series(x * x);
  let angle: number;
  if (size < 0.6875) angle = near((2 * size - 1) / (2 + size), 4.63647609000806093515e-01, 2.26987774529616870924e-17);
  else if (size < 1.1875) angle = near((size - 1) / (size + 1), 7.85398163397448278999e-01, 3.06161699786838301793e-17);
  else if (size < 2.4375) {
    angle = near((size - 1.5) / (1 + 1.5 * size), 9.82793723247329054082e-01, 1.39033110312309984516e-17);
  } else angle = near(-1 / size, halfPi, halfPiLow);
  return x < 0 ? -angle : angle;
}

/** The angle of a point, within 2 ulp. */
export function atan2(y: number, x: number): number {
  y = +y;
  x = +x;
  if (x !== x || y !== y) return NaN;
  const left = x < 0 || Object.is(x, -0), below = y < 0 || Object.is(y, -0);
  const angle = upperAngle(Math.abs(y), Math.abs(x), left);
  return below ? -angle : angle;
}

/** The angle of a point in the upper half, from the magnitudes of its coordinates. */
function upperAngle(y: number, x: number, left: boolean): number {
  if (y === 0) return left ? Math.PI : 0;
  if (x === 0) return halfPi;
  if (x === Infinity) {
    if (y === Infinity) return left ? 3 * 0.7853981633974483 : 0.7853981633974483;
    return left ? Math.PI : 0;
  }
  if (y === Infinity) return halfPi;
  const apart = (high(y) - high(x)) >> 20;
  if (apart > 60) return halfPi + 0.5 * piLow;
  if (!left) return atan(y / x);
  return Math.PI - ((apart < -60 ? 0 : atan(y / x)) - piLow);
}

function ratio(t: number): number {
  const p = t * (1.66666666666666657415e-01 + t * (-3.25565818622400915405e-01 + t * (2.01212532134862925881e-01 +
            t * (-4.00555345006794114027e-02 + t * (7.91534994289814532176e-04 + t * 3.47933107596021167570e-05)))));
  const q = 1 + t * (-2.40339491173441421878 + t * (2.02094576023350569471 +
            t * (-6.88283971605453293030e-01 + t * 7.70381505559019352791e-02)));
  return p / q;
}

function near(x: number, angle: number, angleLow: number): number {
  return angle - ((x * series(x * x) - angleLow) - x);
}

function series(z: number): number {
  const w = z * z;
  const odd = z * (3.33333333333329318027e-01 + w * (1.42857142725034663711e-01 + w * (9.09088713343650656196e-02 +
            w * (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02)))));
  const even = w * (-1.99999999998764832476e-01 + w * (-1.11111104054623557880e-01 + w * (-7.69187620504482999495e-02 +
            w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))));
  return odd + even;
}
