/**
 * What of the language genes and worlds have at run time: an allow-list, so that what an engine adds is not there.
 *
 * All of it is there in V8 and in QuickJS, and gives the same bits in both: no clock, no chance, no locale, no way to
 * compile text, no way to see the bytes of a number.
 *
 * @module
 */

/** Globals that stay: values, and constructors whose statics and methods are those listed below. */
export const plainGlobals = ["NaN", "Infinity", "undefined", "isFinite", "isNaN", "parseFloat", "parseInt"] as const;

/** Properties of namespaces that stay. */
export const namespaces: Readonly<Record<string, string>> = {
  Math:
    "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh " +
    "exp expm1 floor fround hypot imul log log10 log1p log2 max min pow round sign sin sinh sqrt tan tanh trunc",
  JSON: "parse stringify",
};

const error = ["", "message name toString"] as const;
const typed = ["BYTES_PER_ELEMENT", "BYTES_PER_ELEMENT"] as const;

/** Statics and methods of constructors that stay. */
export const constructors: Readonly<Record<string, readonly [statics: string, methods: string]>> = {
  Object: [
    "assign create entries freeze fromEntries getOwnPropertyDescriptor getPrototypeOf hasOwn is isFrozen keys values",
    "hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf",
  ],
  Boolean: ["", "toString valueOf"],
  Number: [
    "EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY " +
    "isFinite isInteger isNaN isSafeInteger parseFloat parseInt",
    "toExponential toFixed toPrecision toString valueOf",
  ],
  String: [
    "fromCharCode fromCodePoint raw",
    "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf length match matchAll padEnd padStart " +
    "repeat replace replaceAll search slice split startsWith substring toLowerCase toString toUpperCase trim trimEnd " +
    "trimStart valueOf",
  ],
  Array: [
    "from isArray of",
    "at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes " +
    "indexOf join keys lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice " +
    "toReversed toSorted toSpliced toString unshift values with",
  ],
  Map: ["", "clear delete entries forEach get has keys set size values"],
  Set: ["", "add clear delete entries forEach has keys size values"],
  Error: error,
  TypeError: error,
  RangeError: error,
  Int8Array: typed,
  Uint8Array: typed,
  Uint8ClampedArray: typed,
  Int16Array: typed,
  Uint16Array: typed,
  Int32Array: typed,
  Uint32Array: typed,
  Float32Array: typed,
  Float64Array: typed,
};

/** Statics and methods of what all typed arrays inherit. */
export const typedArray: readonly [statics: string, methods: string] = [
  "from of",
  "at copyWithin entries every fill filter find findIndex findLast findLastIndex forEach includes indexOf join keys " +
  "lastIndexOf length map reduce reduceRight reverse set slice some sort subarray toReversed toSorted toString values with",
];

/** What stays because Deno needs it: of no use to genes. */
export const hostGlobals = ["globalThis"] as const;
