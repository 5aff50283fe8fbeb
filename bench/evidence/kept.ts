/**
 * Runs that take long, kept one by one: what is killed goes on where it was.
 *
 * @module
 */

import type { ComparedRun } from "../../lib/records/compare.ts";
import { errnoOf } from "../../lib/util/system_error.ts";
import { sha256Now } from "../../lib/util/hash_now.ts";
import { keepRuns, unfinishedPath } from "./files.ts";

/** What is asked for in one run. */
interface Asked {
  readonly arm: string;
  readonly seed: string;
}

/**
 * Runs what is asked for, but for what an earlier call has run of just the same and was killed, and then keeps all results in
 * place of those that there are. Needs read and write permission for `docs/evidence`.
 *
 * @param name Of the results.
 * @param facts What all of them depend on, as JSON: other facts begin anew.
 * @param beside Results that are kept with them.
 * @param run Runs the given ones, in any order.
 * @returns All, in the order in which they were asked for, then those beside.
 */
export async function keptRuns<A extends Asked, R extends ComparedRun>(
  { name, facts, beside = [] }: {
    readonly name: string;
    readonly facts: unknown;
    readonly beside?: readonly R[];
  },
  asked: readonly A[],
  run: (left: readonly A[]) => AsyncIterable<R>,
): Promise<R[]> {
  const path = unfinishedPath(name);
  const head = JSON.stringify({ facts: sha256Now(new TextEncoder().encode(JSON.stringify(facts))) });
  const found = new Map(earlier<R>(path, head).map((one) => [keyOf(one), one]));
  Deno.writeTextFileSync(path, [head, ...[...found.values()].map((one) => JSON.stringify(one)), ""].join("\n"));
  for await (const one of run(asked.filter((one) => !found.has(keyOf(one))))) {
    Deno.writeTextFileSync(path, `${JSON.stringify(one)}\n`, { append: true });
    found.set(keyOf(one), one);
  }
  const all = [...asked.flatMap((one) => found.get(keyOf(one)) ?? []), ...beside];
  keepRuns(name, all);
  Deno.removeSync(path);
  return all;
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
