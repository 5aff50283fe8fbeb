/**
 * The identity of an agent's code.
 *
 * @module
 */

import type { DataFile } from "../genome/pool.ts";
import { sha256 } from "../util/hash.ts";

/**
 * The identity of a world: SHA-256 of its tokens, and over them and its data where it has some.
 *
 * @param data Sorted by path.
 */
export async function worldHashOf(tokens: string, data: readonly DataFile[] = []): Promise<string> {
  if (data.length === 0) return tokens;
  return await sha256(JSON.stringify([tokens, data.map(({ path, hash }) => [path, hash])]));
}

/** A file by its tokens. */
export interface TokenHashed {
  /** Path within the template: `src/*.ts`, `world.ts`, or a file of data. */
  readonly path: string;
  /** SHA-256 of its tokens; of data, of its bytes. */
  readonly tokens: string;
}

/**
 * SHA-256 over the tokens of all gene files and of `world.ts`, and over the data; their order does not matter.
 *
 * @param files Without the generated `src/mod.ts` and `src/main.ts`.
 */
export async function codeHash(files: readonly TokenHashed[], data: readonly DataFile[] = []): Promise<string> {
  const all = [...files, ...data.map(({ path, hash }) => ({ path, tokens: hash }))];
  const sorted = all.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  return await sha256(JSON.stringify(sorted.map(({ path, tokens }) => [path, tokens])));
}
