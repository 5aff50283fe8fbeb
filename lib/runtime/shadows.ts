/**
 * What stands before genes in place of what engines compute in their own ways, where no global may be changed.
 *
 * Functions are shadowed by their names. Methods can't be: what calls one of {@linkcode ownMethods} is rewritten to call
 * it on what {@linkcode own} makes of its receiver.
 *
 * @module
 */

import { mathematics } from "./mathematics.ts";
import { number, numberFunctions, text } from "./number_functions.ts";
import { numberMethods } from "./number_methods.ts";
import { arraySorting, typedArraySorting } from "./sorting_methods.ts";
import { textMethods } from "./text_methods.ts";

/** What a module of genes is given, by the names that it uses. */
export interface Shadows {
  readonly own: (receiver: unknown) => unknown;
  readonly Math: Readonly<Record<string, unknown>>;
  readonly Number: NumberConstructor;
  readonly String: StringConstructor;
  readonly parseFloat: typeof numberFunctions.parseFloat;
  readonly parseInt: typeof numberFunctions.parseInt;
}

type Methods = Readonly<Record<string, (...given: never[]) => unknown>>;

const { isArray, prototype: { sort: sortOfLists } } = Array;
const { sort: sortOfTyped } = Uint8Array.prototype;
const TypedArray = Object.getPrototypeOf(Uint8Array) as new () => object;

/** The value itself, or what has its replaced methods, where it has them from the engine. */
function own(receiver: unknown): unknown {
  if (typeof receiver === "number") return bound(receiver, numberMethods as Methods);
  if (typeof receiver === "string") return bound(receiver, textMethods as Methods);
  if (isArray(receiver)) return receiver.sort === sortOfLists ? bound(receiver, arraySorting as Methods) : receiver;
  if (receiver instanceof TypedArray && (receiver as Uint8Array).sort === sortOfTyped) {
    return bound(receiver, typedArraySorting as Methods);
  }
  return receiver;
}

/** Methods of a receiver; others are the engine's own, as those that are replaced have names that only some kinds share. */
function bound(receiver: unknown, methods: Methods): unknown {
  const made: Record<string, unknown> = {};
  for (const name in methods) made[name] = methods[name]!.bind(receiver);
  if (!Object.hasOwn(methods, "toString")) made.toString = () => `${receiver}`;
  return made;
}

/** The engine's namespace, with the runtime's own functions in it. */
function ownMath(): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  const engine = Math as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(Math)) if (name !== "random") made[name] = engine[name];
  return Object.freeze(Object.assign(made, mathematics));
}

const { parseFloat, parseInt } = numberFunctions;
for (const [name, value] of Object.entries({ parseFloat, parseInt })) {
  Object.defineProperty(number, name, { value, configurable: true });
}

/** What engines compute in their own ways, made the same in each. */
export const shadows: Shadows = Object.freeze({
  own,
  Math: ownMath(),
  Number: number,
  String: text,
  parseFloat,
  parseInt,
});
