/**
 * The identity of an agent's code.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";

/** A file by its tokens. */
export interface TokenHashed {
  /** Path within the template: `src/*.ts` or `world.ts`. */
  readonly path: string;
  /** SHA-256 of its tokens. */
  readonly tokens: string;
}

/**
 * SHA-256 over the tokens of all gene files and of `world.ts`; their order does not matter.
 *
 * @param files Without the generated `src/mod.ts` and `src/main.ts`.
 */
export async function codeHash(files: readonly TokenHashed[]): Promise<string> {
  const sorted = files.toSorted((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  return await sha256(JSON.stringify(sorted.map(({ path, tokens }) => [path, tokens])));
}
