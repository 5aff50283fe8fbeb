/**
 * Tells the wines that evolution never meets by the module that `show --code` writes.
 *
 * ```sh
 * deno task show best --run wine --code best.js
 * deno run --allow-read examples/symbolic-rules/tools/measure.ts best.js
 * ```
 *
 * @module
 */

import type { Table } from "../world.ts";

/** What the module exports, as far as it is used here. */
interface Taken {
  run(options: { readonly data: unknown; readonly instance: number }): {
    readonly answer: { readonly confusion: readonly (readonly number[])[] };
  };
}

/** The table by its columns, as a world is given it. */
export function readTable(): Table {
  const text = Deno.readTextFileSync(new URL("../data/wine.csv", import.meta.url));
  const [head, ...rows] = text.trim().split("\n").map((line) => line.split(","));
  return Object.fromEntries(head!.map((column, i) => [column, rows.map((row) => Number(row[i]))])) as unknown as Table;
}

/** How many rows of each cultivar were classified as each one, over some instances. */
export function confusionBy({ run }: Taken, instances: readonly number[]): number[][] {
  const data = { wine: readTable() };
  const found = instances.map((instance) => run({ data, instance }).answer.confusion);
  return found[0]!.map((line, truth) =>
    line.map((_, predicted) => found.reduce((sum, confusion) => sum + confusion[truth]![predicted]!, 0))
  );
}

/** How many rows there are in a confusion matrix, and how many of them are misclassified. */
export function wrongOf(confusion: readonly (readonly number[])[]): { readonly wrong: number; readonly rows: number } {
  const rows = confusion.flat().reduce((sum, count) => sum + count, 0);
  return { rows, wrong: rows - confusion.reduce((sum, line, i) => sum + line[i]!, 0) };
}

if (import.meta.main) {
  const taken: Taken = await import(new URL(Deno.args[0]!, `file://${Deno.cwd()}/`).href);
  for (const [name, instances] of [["training", [0, 1, 2, 3, 4]], ["test", [5]]] as const) {
    const confusion = confusionBy(taken, instances);
    const { wrong, rows } = wrongOf(confusion);
    console.log(`${name}: ${wrong} of ${rows} wrong (${(100 * wrong / rows).toFixed(1)} %)`, JSON.stringify(confusion));
  }
}
