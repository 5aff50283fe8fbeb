/**
 * The functions of `Math` that engines compute each in their own way, replaced by ones in plain arithmetic, which
 * gives the same bits everywhere.
 *
 * They follow fdlibm, as `@stdlib/math-base-special-*` does, against which they are tested; those packages would add
 * 180 KB and 5 ms to the start of each evaluation.
 *
 * @module
 */

import { cos, sin, tan } from "./math_circle.ts";
import { cosh, exp, expm1, sinh, tanh } from "./math_exp.ts";
import { acos, asin, atan, atan2 } from "./math_inverse.ts";
import { acosh, asinh, atanh, log, log10, log1p, log2 } from "./math_log.ts";
import { cbrt, hypot, pow } from "./math_power.ts";

/** Reproducible functions by their names in `Math`. */
export const mathematics: Readonly<Record<string, (...values: number[]) => number>> = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  exp,
  expm1,
  hypot,
  log,
  log10,
  log1p,
  log2,
  pow,
  sin,
  sinh,
  tan,
  tanh,
};
