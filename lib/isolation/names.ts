/**
 * The names of the ways of keeping agents apart, as `--isolation` takes them.
 *
 * @module
 */

/** All of them; which one it is changes no result. */
export const isolationNames = ["process", "bwrap", "wasm", "shared"] as const;

/** A way of keeping agents apart. */
export type IsolationName = (typeof isolationNames)[number];
