/** Runs that tests begin with: each is made once, and copied by all that begin with it. */

import { infoOf } from "../lib/util/files.ts";
import { sha256 } from "../lib/util/hash.ts";

/** Where they lie: the whole suite has one folder for them, a file that is tested by itself has its own. */
const folder = Deno.env.get("EVOLVE_BEGUN") ?? ownFolder();

function ownFolder(): string {
  const own = Deno.makeTempDirSync({ prefix: "evolve-begun-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(own, { recursive: true }));
  return own;
}

/** Copies a folder with all that it holds. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  await program("cp", "-a", `${from}/.`, to);
}

/**
 * Copies a folder that is made once for all tests that begin alike, in whichever file they stand.
 *
 * @param name All that it is made of: what has the same name is the same.
 * @param make Makes the folder, and gives its path; it is moved from there.
 * @param to The folder that gets all that is in it.
 */
export async function beginWith(name: string, make: () => Promise<string>, to: string): Promise<void> {
  const made = `${folder}/${await sha256(name)}`;
  using lock = await Deno.open(`${made}.lock`, { create: true, write: true });
  await lock.lock(true);
  if (infoOf(made) === undefined) await program("mv", await make(), made);
  await copyFolder(made, to);
}

async function program(name: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(name, { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
