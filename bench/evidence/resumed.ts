/**
 * Runs that take long, kept one by one: what is killed goes on where it was.
 *
 * @module
 */

import { errnoOf } from "../../lib/util/system_error.ts";
import { writeFileAtomicSync } from "../../lib/util/files.ts";
import { sha256Now } from "../../lib/util/hash_now.ts";

/** What is asked for in one run. */
interface Asked {
  readonly arm: string;
  readonly seed: string;
}

/**
 * Runs what is asked for, but for what an earlier call with the same facts has run before it was killed.
 *
 * Needs read and write permission for the path.
 *
 * @param path Where results stand, a line each, until the caller has kept them elsewhere and removes it.
 * @param facts What all of them depend on, as JSON: other facts begin anew.
 * @param run Runs the given ones, in any order.
 * @returns All, in the order in which they were asked for.
 */
export async function resumed<A extends Asked, R extends Asked>(
  { path, facts }: { readonly path: string; readonly facts: unknown },
  asked: readonly A[],
  run: (left: readonly A[]) => AsyncIterable<R>,
): Promise<R[]> {
  const head = JSON.stringify({ facts: sha256Now(JSON.stringify(facts)) });
  const found = new Map(earlier<R>(path, head).map((one) => [keyOf(one), one]));
  writeFileAtomicSync(path, [head, ...[...found.values()].map((one) => JSON.stringify(one)), ""].join("\n"));
  for await (const one of run(asked.filter((one) => !found.has(keyOf(one))))) {
    Deno.writeTextFileSync(path, `${JSON.stringify(one)}\n`, { append: true });
    found.set(keyOf(one), one);
  }
  return asked.flatMap((one) => found.get(keyOf(one)) ?? []);
}

/** What the code in folders and below is, as facts of what it does. Needs read permission for them. */
export function codeOf(...folders: readonly string[]): string {
  const hashes = folders.flatMap((folder) => filesIn(folder)).map((path) => sha256Now(Deno.readFileSync(path)));
  return sha256Now(hashes.join("\n"));
}

function filesIn(folder: string): string[] {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) => isDirectory ? filesIn(`${folder}/${name}`) : `${folder}/${name}`);
}

/** Runs of an earlier call; a last line that was cut short is none. */
function earlier<R>(path: string, head: string): R[] {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
    return [];
  }
  const [first, ...lines] = text.split("\n").slice(0, -1);
  return first === head ? lines.map((line) => JSON.parse(line)) : [];
}

function keyOf({ arm, seed }: Asked): string {
  return JSON.stringify([arm, seed]);
}
