/**
 * Sets the clock of this process to another time: loaded before a step by `--preload`.
 *
 * @module
 */

const Real = Date;

/** Moves all that this process learns of the time of day by so many milliseconds. */
export function shift(ms: number): void {
  const now = () => Real.now() + ms;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new Real(now()).toString(),
    get: (target, name) => name === "now" ? now : Reflect.get(target, name),
  });
}
