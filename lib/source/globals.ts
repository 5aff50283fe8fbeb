/**
 * The globals that Gene TypeScript may use, as data: the audit allows these, the runtime keeps these.
 *
 * @module
 */

/** Members of `Math` that every engine computes alike. */
export const exactMath = [
  ...["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"],
  ...["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"],
] as const;

/** Functions of `Math` that engines compute differently: the runtime has its own. */
export const replacedMath = [
  ...["acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "expm1", "hypot"],
  ...["log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh"],
] as const;

/** How a global may be used. */
export interface GlobalUse {
  /** Members that may be read. */
  readonly members: readonly string[];
  /** `value`: as it is. `call`: called. `make`: called with `new`, or asked for by `instanceof`. `pass`: handed to a call. */
  readonly as: readonly ("value" | "call" | "make" | "pass")[];
}

const typedArray: GlobalUse = { members: ["from", "of"], as: ["make"] };
const error: GlobalUse = { members: [], as: ["call", "make"] };
const constant: GlobalUse = { members: [], as: ["value", "pass"] };
const called: GlobalUse = { members: [], as: ["call", "pass"] };

/** The globals that a gene may use, and how. */
export const allowedGlobals: ReadonlyMap<string, GlobalUse> = new Map<string, GlobalUse>([
  ["undefined", constant],
  ["NaN", constant],
  ["Infinity", constant],
  ["isFinite", called],
  ["isNaN", called],
  ["parseFloat", called],
  ["parseInt", called],
  ["Math", { members: [...exactMath, ...replacedMath], as: [] }],
  ["Number", {
    members: [
      ...["EPSILON", "MAX_SAFE_INTEGER", "MAX_VALUE", "MIN_SAFE_INTEGER", "MIN_VALUE", "NEGATIVE_INFINITY", "NaN"],
      ...["POSITIVE_INFINITY", "isFinite", "isInteger", "isNaN", "isSafeInteger", "parseFloat", "parseInt"],
    ],
    as: ["call", "pass"],
  }],
  ["String", { members: ["fromCharCode", "fromCodePoint"], as: ["call", "pass"] }],
  ["Boolean", called],
  ["Object", { members: ["entries", "freeze", "fromEntries", "hasOwn", "is", "isFrozen", "keys", "values"], as: [] }],
  ["Array", { members: ["from", "isArray", "of"], as: ["call", "make"] }],
  ["Map", { members: [], as: ["make"] }],
  ["Set", { members: [], as: ["make"] }],
  ["Float64Array", typedArray],
  ["Float32Array", typedArray],
  ["Int32Array", typedArray],
  ["Uint32Array", typedArray],
  ["Int16Array", typedArray],
  ["Uint16Array", typedArray],
  ["Int8Array", typedArray],
  ["Uint8Array", typedArray],
  ["Uint8ClampedArray", typedArray],
  ["Error", error],
  ["RangeError", error],
  ["TypeError", error],
]);

/** Names that no declaration in a gene file may have, beside those of the globals. */
export const reservedNames: ReadonlySet<string> = new Set(["arguments", "eval", "globalThis", "Deno", "Function"]);

/**
 * Properties that no gene may name: they lead to prototypes and to code from strings, to the bits of a NaN, to the texts
 * of errors, or to what depends on a language's rules.
 */
export const refusedProperties: ReadonlySet<string> = new Set([
  ...["constructor", "prototype", "__proto__", "caller", "callee", "arguments"],
  ...["__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"],
  ...["buffer", "stack"],
  ...["localeCompare", "normalize", "toLocaleLowerCase", "toLocaleString", "toLocaleUpperCase"],
]);
