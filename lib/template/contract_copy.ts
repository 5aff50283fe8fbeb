/**
 * The contract as it lies in a template's folder, so that editors and `deno check` know `evolve/contract` wherever that is.
 *
 * A template in another repository has no import map that leads here, and a path to this project holds on one machine alone.
 * So `new` writes the types themselves: a file of types that declares the module by its name, which TypeScript finds beside
 * any configuration. `init` and `try` check a template by the project's own contract, and say where the copy is another one.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { sha256 } from "../util/hash.ts";
import { isFile, readIfWhole } from "../util/files.ts";
import { typed } from "../util/text.ts";

/** The file's name; in `src/`, where genes are, there is no such file. */
export const contractCopy = "contract.d.ts";

const contract = `${projectRoot}/lib/runtime/contract.ts`;
const mark = /^\/\/ evolve\/contract ([0-9a-f]{16})\b/;
/** More than any contract has. */
const largest = 1024 * 1024;

/** The text of the copy. Needs read permission for `lib/runtime`. */
export async function contractText(): Promise<string> {
  const text = await Deno.readTextFile(contract);
  return `// evolve/contract ${await versionOf(text)}: the types of genes and worlds, for editors and \`deno check\`.
// \`init\` goes by the contract of its own project, and says where this is another one; \`deno task new --contract FOLDER\`
// writes it anew.
// deno-fmt-ignore-file
// deno-lint-ignore-file
declare module "evolve/contract" {
${text}}
`;
}

/**
 * What the copy in a template's folder is: that of this project's contract, of another one, or none at all, another file of
 * this name included.
 *
 * A formatter may have gone over it: what it says of itself counts. Needs read permission for the folder and `lib/runtime`.
 */
export async function contractCopyIn(folder: string): Promise<"present" | "stale" | undefined> {
  const bytes = readIfWhole(`${folder}/${contractCopy}`, largest);
  const [, version] = (bytes && mark.exec(new TextDecoder().decode(bytes.subarray(0, 256)))) ?? [];
  if (version === undefined) return undefined;
  return version === await versionOf(await Deno.readTextFile(contract)) ? "present" : "stale";
}

/**
 * What there is to say of a copy that is of another contract, as editors go by that and steps by this project's.
 *
 * Needs read permission for the folder, and for `lib/runtime` where there is a copy.
 */
export async function staleContract(folder: string): Promise<string | undefined> {
  const path = `${folder}/${contractCopy}`;
  if (!isFile(path) || await contractCopyIn(folder) !== "stale") return undefined;
  return `${path} is of another contract than this project's; renew it by \`deno task new --contract ${
    typed(folder)
  }\`.`;
}

async function versionOf(text: string): Promise<string> {
  return (await sha256(text)).slice(0, 16);
}
