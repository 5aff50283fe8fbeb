/**
 * The remainder of division by a quarter of a circle, after FreeBSD's msun (fdlibm): e_rem_pio2.c. For large arguments
 * the product with 2/π is taken in integers (Payne and Hanek 1983) instead of in pieces of 24 bits.
 *
 * Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 *
 * @module
 */

import { fromWords, high, low } from "./words.ts";

/** The remainder that {@linkcode quadrant} left: a number, and what is left of it after rounding. */
export const rest: Float64Array = new Float64Array(2);

/**
 * Divides by π/2 to the nearest whole number.
 *
 * @param x Any number, from π/4 on in magnitude.
 * @returns The whole number, modulo 8 at least; the remainder is in {@linkcode rest}.
 */
export function quadrant(x: number): number {
  const size = Math.abs(x);
  if (size < 1647099.3291652855) return medium(x);
  if (!(size < Infinity)) {
    rest[0] = rest[1] = NaN;
    return 0;
  }
  const n = large(size);
  if (x > 0) return n;
  rest[0] = -rest[0]!;
  rest[1] = -rest[1]!;
  return -n;
}

/** Cody and Waite (1980): π/2 in three pieces, as many as are needed. */
function medium(x: number): number {
  const scaled = x * 6.36619772367581382433e-01;
  const n = (scaled + (scaled < 0 ? -0.5 : 0.5)) | 0;
  const exponent = (high(x) >> 20) & 0x7ff;
  let r = x - n * 1.57079632673412561417, w = n * 6.07710050650619224932e-11, y = r - w;
  if (exponent - ((high(y) >> 20) & 0x7ff) > 16) {
    let t = r;
    w = n * 6.07710050630396597660e-11;
    r = t - w;
    w = n * 2.02226624879595063154e-21 - ((t - r) - w);
    y = r - w;
    if (exponent - ((high(y) >> 20) & 0x7ff) > 49) {
      t = r;
      w = n * 2.02226624871116645580e-21;
      r = t - w;
      w = n * 8.47842766036889956997e-32 - ((t - r) - w);
      y = r - w;
    }
  }
  rest[0] = y;
  rest[1] = (r - y) - w;
  return n;
}

/** 1584 bits of 2/π. */
const inverse =
  0xA2F9836E4E441529FC2757D1F534DDC0DB6295993C439041FE5163ABDEBBC561B7246E3A424DD2E006492EEA09D1921CFE1DEB1CB129A73EE88235F52EBB4484E99C7026B45F7E413991D639835339F49C845F8BBDF9283B1FF897FFDE05980FEF2F118B5A0A6D1F6D367ECF27CB09B74F463F669E5FEA2D7527BAC7EBE5F17B3D0739F78A5292EA6BFB5FB11F8D5D0856033046FC7B6BABF0CFBC209AF4361DA9E391615EE61B086599855F14A068408DFFD8804D73273106061556CA73A8C960E27BC08C6Bn;
/** π/2 times 2 ** 257. */
const quarterTurn = 0x3243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89n;
const toBig = BigInt, toNumber = Number;
const unit = fromWords(510 << 20, 0); // 2 ** -513

function large(x: number): number {
  const exponent = (high(x) >> 20) - 1075;
  const significand = toBig(fromWords((high(x) & 0x000fffff) | 0x43300000, low(x))); // 2 ** 52 and up: whole
  const bits = toBig(1584 - exponent);
  const product = significand * inverse;
  let n = product >> bits;
  let fraction = (product - (n << bits)) >> (bits - 256n);
  if (fraction >> 255n) {
    n += 1n;
    fraction -= 1n << 256n;
  }
  const remainder = fraction * quarterTurn;
  const nearest = toNumber(remainder);
  rest[0] = nearest * unit;
  rest[1] = toNumber(remainder - toBig(nearest)) * unit;
  return toNumber(n & 7n);
}
