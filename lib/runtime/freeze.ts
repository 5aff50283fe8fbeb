/**
 * Closing what lasts longer than an episode: nothing can be left in it, nor in the methods and getters that it leads to.
 *
 * What it needs is taken when it is loaded.
 *
 * @module
 */

const { freeze, getOwnPropertyDescriptor, keys } = Object;
const { deleteProperty, ownKeys } = Reflect;

/** Freezes a thing and what its properties hold, symbol keys, getters and setters included. */
export function freezeAll(thing: object): void {
  for (const key of ownKeys(thing)) {
    const { value, get, set } = getOwnPropertyDescriptor(thing, key)!;
    freeze(get);
    freeze(set);
    freeze(value);
    if (typeof value === "function") freeze(value.prototype);
  }
  freeze(thing);
}

/** Freezes plain data all through. */
export function deepFreeze<T>(thing: T): T {
  if (typeof thing !== "object" || thing === null) return thing;
  for (const key of keys(thing)) deepFreeze((thing as Record<string, unknown>)[key]);
  return freeze(thing);
}

/** Closes a class whose instances genes hold: its methods are frozen, and no instance leads to the class itself. */
export function closeInstances({ prototype }: { readonly prototype: object }): void {
  deleteProperty(prototype, "constructor");
  freezeAll(prototype);
}
