/**
 * Bounds of an axis, and where its ticks stand.
 *
 * @module
 */

/** An axis that begins and ends at a tick, or within the bounds that it was given. */
export interface Ticks {
  readonly least: number;
  readonly most: number;
  /** Rising, from `least` on. */
  readonly at: readonly number[];
  /** Whether equal distances are equal factors. @default false */
  readonly logarithmic?: boolean;
}

/** How ticks are chosen. */
export interface TickOptions {
  /** How many steps there are at most, about. */
  readonly steps: number;
  /** Whether ticks are whole numbers. @default false */
  readonly whole?: boolean;
  /** Whether the axis goes on to the next tick. @default it has the bounds that it was given */
  readonly rounded?: boolean;
}

/** Ticks at multiples of 1, 2 or 5 times a power of ten. Of one value alone, an axis from half below to half above it. */
export function ticks(least: number, most: number, { steps, whole = false, rounded = false }: TickOptions): Ticks {
  const size = Math.max(Math.abs(least), Math.abs(most));
  // What is as good as one value: between its ticks doubles would end.
  if (most - least <= size * 2 ** -40 || most - least < 1e-300) {
    const half = Math.max(0.5, size * 2 ** -20);
    return ticks(least - half, most + half, { steps, whole, rounded: rounded && !whole });
  }
  const step = Math.max(whole ? 1 : 0, niceStep((most - least) / steps));
  const first = rounded ? Math.floor(least / step + 1e-9) : Math.ceil(least / step - 1e-9);
  const last = rounded ? Math.max(first + 1, Math.ceil(most / step - 1e-9)) : Math.floor(most / step + 1e-9);
  // By division, where that is exact: 3 * 0.1 is another number than 0.3.
  const value = (i: number) => step < 1 ? i / Math.round(1 / step) : i * step;
  const at = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => value(first + i) + 0);
  return { least: rounded ? at[0]! : least, most: rounded ? at.at(-1)! : most, at };
}

/** Ticks of a logarithmic axis: powers of ten, and where these are few, 2 and 5 times them. Needs bounds above 0. */
export function logTicks(least: number, most: number): Ticks {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  // One more on each side, as logarithms are rounded.
  const factors = last - first > 3 ? [1] : [1, 2, 5];
  const all = Array.from(
    { length: last - first + 3 },
    (_, i) => factors.map((one) => Number(`${one}e${first - 1 + i}`)),
  )
    .flat();
  const from = all.findLastIndex((one) => one <= least), to = all.findIndex((one) => one >= most);
  const at = all.slice(Math.max(0, from), to < 0 ? undefined : Math.max(to, from + 1) + 1);
  return { least: at[0]!, most: at.at(-1)!, at, logarithmic: true };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
}
