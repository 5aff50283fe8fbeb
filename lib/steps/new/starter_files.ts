/**
 * The files of a template to begin with: those of `examples/starter`, and what makes them known to editors anywhere.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { contractCopy, contractText } from "../../template/contract_copy.ts";

/** As strict as the check of `init`, and the types of the contract for a file that is checked by itself. */
const configuration = {
  compilerOptions: { strict: true, noUncheckedIndexedAccess: true, types: [`./${contractCopy}`] },
  fmt: { lineWidth: 120 },
};

/**
 * The files by their paths, sorted.
 *
 * Needs read permission for `examples/starter` and `lib/runtime`.
 */
export async function starterFiles(): Promise<(readonly [path: string, bytes: Uint8Array])[]> {
  const encoder = new TextEncoder();
  const files = new Map([
    [contractCopy, encoder.encode(await contractText())],
    ["deno.json", encoder.encode(`${JSON.stringify(configuration, undefined, 2)}\n`)],
  ]);
  for (const path of await pathsIn("")) files.set(path, await Deno.readFile(`${starter}/${path}`));
  return [...files].sort(([a], [b]) => a < b ? -1 : 1);
}

const starter = `${projectRoot}/examples/starter`;

async function pathsIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${starter}/${folder}`)) {
    if (name.startsWith(".")) continue;
    paths.push(...isDirectory ? await pathsIn(`${folder}${name}/`) : [`${folder}${name}`]);
  }
  return paths;
}
