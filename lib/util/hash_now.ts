/**
 * SHA-256 without waiting, for what is hashed by the thousand: a fifth of the time, but the library takes 30 ms to load,
 * which the first call does.
 *
 * @module
 */

type Library = typeof import("node:crypto");

let library: Library | undefined;

/** The library of hashes, loaded now if it was not yet. */
export function hashLibrary(): Library {
  return library ??= node.process.getBuiltinModule("node:crypto");
}

/** Where Deno has Node's modules for modules that have imported none. */
const node = globalThis as unknown as { readonly process: { getBuiltinModule(name: string): Library } };

/** SHA-256 of bytes or of a text in UTF-8, as 64 hexadecimal digits; the same as `sha256`. */
export function sha256Now(content: Uint8Array | string): string {
  return hashLibrary().createHash("sha256").update(content).digest("hex");
}
