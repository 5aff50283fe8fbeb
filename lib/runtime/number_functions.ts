/**
 * The functions that read and write numbers: beyond seventeen digits, and in odd bases beyond 2 ** 53, engines read them
 * in their own ways.
 *
 * @module
 */

import { longDecimal, longWhole } from "./decimals.ts";
import { shortest } from "./number_methods.ts";

const engine = { parseFloat, parseInt, Number, String };
const most = Number.MAX_SAFE_INTEGER;

/** What replaces functions in the global object, and in `Number`. */
export const numberFunctions = {
  parseFloat(text: string): number {
    const given = `${text}`;
    return longDecimal(given.trimStart(), false) ?? engine.parseFloat(given);
  },
  parseInt(text: string, radix?: number): number {
    const given = `${text}`, base = (radix as number) | 0;
    const found = engine.parseInt(given, base);
    return found > most || found < -most ? longWhole(given.trimStart(), base) : found;
  },
};

/** What replaces the function `Number`; its prototype and what it offers are those of the engine's. */
export const number = function (...given: unknown[]): number {
  const [value] = given;
  const long = typeof value === "string" ? longDecimal(value.trim(), true) : undefined;
  return long ?? (given.length === 0 ? 0 : engine.Number(value));
} as unknown as NumberConstructor;

/** What replaces the function `String`, likewise. */
export const text = function (...given: unknown[]): string {
  const [value] = given;
  return typeof value === "number" ? shortest(value) : given.length === 0 ? "" : engine.String(value);
} as unknown as StringConstructor;

for (const [own, original] of [[number, engine.Number], [text, engine.String]] as const) {
  for (const name of Object.getOwnPropertyNames(original)) {
    const property = Object.getOwnPropertyDescriptor(original, name)!;
    Object.defineProperty(own, name, { ...property, ...(name === "prototype" && { writable: false }) });
  }
}
