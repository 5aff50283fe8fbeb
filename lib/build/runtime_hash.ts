/**
 * The hash of the runtime: what every artifact carries besides its genes.
 *
 * @module
 */

import { projectRoot } from "../agents/paths.ts";
import { sha256 } from "../agents/hash.ts";

/** The folder of the runtime's modules; none of its sub-folders counts. */
export const runtimeFolder: string = `${projectRoot}/lib/runtime`;

/**
 * SHA-256 over the runtime's modules `lib/runtime/*.ts`: their names and bytes, sorted by name.
 *
 * Needs read permission for `lib/runtime`.
 *
 * @param folder The folder to hash; another one than the project's is for tests.
 * @returns 64 hexadecimal digits, the same on every machine and in every folder.
 */
export async function runtimeHash(folder: string = runtimeFolder): Promise<string> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && entry.name.endsWith(".ts")) names.push(entry.name);
  }
  names.sort();
  const texts = await Promise.all(names.map((name) => Deno.readTextFile(`${folder}/${name}`)));
  return await sha256(JSON.stringify(names.map((name, index) => [name, texts[index]])));
}
