/**
 * The hardened realm: what is not on the allow-list goes, what stays is frozen, and what engines compute in their own
 * ways is replaced.
 *
 * Only what code can reach is looked at: by a global's name, or by syntax, such as the prototype of functions.
 *
 * @module
 */

import { engineErrors, errors } from "./errors.ts";
import { freezeAll } from "./freeze.ts";
import { listMethods } from "./list_methods.ts";
import { mathematics } from "./mathematics.ts";
import { arraySorting, typedArraySorting } from "./sorting_methods.ts";
import { number, numberFunctions, text } from "./number_functions.ts";
import { numberMethods } from "./number_methods.ts";
import { constructors, hostGlobals, namespaces, plainGlobals, typedArray } from "./surface.ts";
import { textMethods } from "./text_methods.ts";

type Thing = Record<PropertyKey, unknown>;
type Factory = { readonly prototype: Thing };

const { freeze, getPrototypeOf, setPrototypeOf, defineProperty, preventExtensions } = Object;
const { getOwnPropertyDescriptor, getOwnPropertyNames } = Object;
const { deleteProperty } = Reflect;
const realm = globalThis as unknown as Thing;

/**
 * Hardens this realm. Afterwards genes and worlds may be loaded; what the runtime needs of what goes, its modules have
 * taken when they were loaded.
 */
export function harden(): void {
  for (const name in errors) replaceFactory(name, errors[name]! as unknown as Factory);
  replaceFactory("Number", number as unknown as Factory);
  replaceFactory("String", text as unknown as Factory);
  const kept = new Map<Thing, string>();
  for (const [thing, names] of surfaced()) kept.set(thing, names);
  for (const name in engineErrors) kept.set(engineErrors[name] as unknown as Thing, "length name prototype");
  replace();
  removeGlobals();
  for (const [thing, names] of kept) strip(thing, names);
  for (const thing of kept.keys()) freezeAll(thing);
  // In V8 the stack of every error is read and written by the same two functions.
  freezeAll(new TypeError());
  for (const name of plainGlobals) freeze(realm[name]);
}

/** Leaves a function in the global object for another engine to call, and closes it. */
export function expose(name: string, value: (line: string) => string): void {
  defineProperty(realm, name, { value: freeze(value) });
  seal();
}

/** Closes the global object: nothing can be left there. */
export function seal(): void {
  for (const key of getOwnPropertyNames(realm)) {
    if (getOwnPropertyDescriptor(realm, key)?.configurable) {
      defineProperty(realm, key, { value: realm[key], writable: false, enumerable: false, configurable: false });
    }
  }
  preventExtensions(realm);
}

/** Everything that code can reach, with the names of the properties that stay. */
function* surfaced(): Generator<[Thing, string]> {
  for (const name in namespaces) yield [realm[name] as Thing, namespaces[name]!];
  for (const name in constructors) {
    const [statics, methods] = constructors[name]!;
    yield* pair(realm[name] as Factory, statics, methods);
  }
  yield* pair(getPrototypeOf(Uint8Array), ...typedArray);
  // Of these only the prototype can be reached, by syntax or through what was thrown.
  yield [Function.prototype as unknown as Thing, "apply bind call length name"];
  yield [RegExp.prototype as unknown as Thing, "exec flags global ignoreCase source sticky test toString unicode"];
  yield [Symbol.prototype as unknown as Thing, "description toString valueOf"];
  yield [BigInt.prototype as unknown as Thing, "toString valueOf"];
  yield [Promise.prototype as unknown as Thing, ""];
  for (const { prototype } of [EvalError, ReferenceError, SyntaxError, URIError]) {
    yield [prototype as unknown as Thing, "message name toString"];
  }
  yield* iterators();
}

function* pair(factory: Factory, statics: string, methods: string): Generator<[Thing, string]> {
  yield [factory as unknown as Thing, `length name prototype ${statics}`];
  yield [factory.prototype, `constructor ${methods}`];
}

/** Prototypes of iterators, generators and asynchronous functions. */
function* iterators(): Generator<[Thing, string]> {
  const lists = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/x/g)];
  for (const list of lists) yield [getPrototypeOf(list), "next"];
  yield [getPrototypeOf(getPrototypeOf([].values())), ""];
  yield [getPrototypeOf(async function () {}), ""];
  for (const make of [function* () {}, async function* () {}]) {
    const kind = getPrototypeOf(make);
    yield [kind, "prototype"];
    yield [kind.prototype, "next return throw"];
    yield [getPrototypeOf(kind.prototype), ""];
  }
}

function replace(): void {
  define(Math as unknown as Thing, mathematics);
  define(Array.prototype as unknown as Thing, arraySorting);
  define(Array.prototype as unknown as Thing, listMethods);
  define(Number as unknown as Thing, numberFunctions);
  define(realm, numberFunctions);
  define(getPrototypeOf(Uint8Array.prototype), typedArraySorting);
  define(Number.prototype as unknown as Thing, numberMethods);
  define(String.prototype as unknown as Thing, textMethods);
}

function replaceFactory(name: string, factory: Factory): void {
  defineProperty(realm, name, { value: factory, writable: true, enumerable: false, configurable: true });
  defineProperty(factory.prototype, "constructor", { value: factory, writable: true, configurable: true });
}

function define(thing: Thing, methods: Readonly<Record<string, unknown>>): void {
  for (const name in methods) {
    // As the engine's own are called: a bundler may have given it another name.
    const { length } = thing[name] as { readonly length: number };
    defineProperty(methods[name] as Thing, "name", { value: name });
    defineProperty(methods[name] as Thing, "length", { value: length });
    defineProperty(thing, name, { value: methods[name], writable: true, enumerable: false, configurable: true });
  }
}

/**
 * Symbol keys stay: Deno keeps its own state under them, and no gene can name them. `globalThis` stays as well, and a
 * `dispatchEvent` that does nothing, since Deno ends with both.
 */
function removeGlobals(): void {
  const kept = new Set<string>([
    ...plainGlobals,
    ...hostGlobals,
    ...Object.keys(namespaces),
    ...Object.keys(constructors),
  ]);
  // Twice, since under one of Deno's globals there is one of V8's.
  for (let i = 0; i < 2; i++) {
    for (const name of getOwnPropertyNames(realm)) if (!kept.has(name)) deleteProperty(realm, name);
  }
  if ("dispatchEvent" in realm) defineProperty(realm, "dispatchEvent", { value: freeze(() => true) });
  setPrototypeOf(realm, null);
}

/** Removes what is not named; constructors that stay nameless are not even inherited. */
function strip(thing: Thing, names: string): void {
  const kept = new Set(names.split(" "));
  for (const name of getOwnPropertyNames(thing)) {
    if (name === "constructor" && !kept.has(name)) defineProperty(thing, name, { value: undefined });
    else if (!kept.has(name)) deleteProperty(thing, name);
  }
}
