/**
 * Numbers of a cycle as they are kept: exact enough to be drawn, short enough for a thousand cycles.
 *
 * @module
 */

/** A number to five significant digits. */
export function shortened(value: number): number {
  return Number(value.toPrecision(5));
}

/** All numbers of a record to five significant digits. */
export function rounded<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shortened(value)])) as T;
}
