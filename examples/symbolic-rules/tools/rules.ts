/**
 * The rules of a genome as sentences, in the units of the table.
 *
 * ```sh
 * deno task -q show best --run wine --format json | deno run examples/symbolic-rules/tools/rules.ts
 * ```
 *
 * @module
 */

import { ranges } from "../src/rules.ts";

/** Active genes, and the parameters of each file: what `show --format json` gives of a genome. */
export interface Shown {
  readonly genes: readonly { readonly gene: string }[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a genome says, a line for each rule, in the order in which they are asked. */
export function sentences({ genes, parameters }: Shown): string[] {
  const active = new Set(genes.map(({ gene }) => gene));
  const isList = active.has("src/decide.ts#firstRule");
  const lists = parameters["src/rules.ts"] as Readonly<Record<string, readonly (string | number | boolean)[]>>;
  const rules = [0, 1, 2, 3, 4, 5].filter((rule) => active.has(`src/rules.ts#rule${rule + 1}`)).map((rule) => {
    const says = isList ? "" : `, ${lists.points![rule]} for`;
    return `if ${condition(lists, rule)}${says}${isList ? "," : ""} cultivar ${lists.cultivar![rule]}`;
  });
  if (!isList && !active.has("src/decide.ts#mostPoints")) return ["cultivar 1: nothing decides"];
  const otherwise = `cultivar ${parameters["src/decide.ts"]!.otherwise}`;
  return [...rules, isList ? `else ${otherwise}` : `most points win; of equals, and without any, ${otherwise}`];
}

function condition(lists: Readonly<Record<string, readonly (string | number | boolean)[]>>, rule: number): string {
  const of = (measure: string, cut: string, above: string) => {
    const name = String(lists[measure]![rule]);
    const [low, high] = ranges[name]!;
    const value = low! + Number(lists[cut]![rule]) * (high! - low!);
    return `${name} ${lists[above]![rule] ? ">" : "<="} ${Number(value.toPrecision(6))}`;
  };
  const first = of("measure", "cut", "above");
  const join = lists.join![rule];
  return join === "alone" ? first : `${first} ${join} ${of("otherMeasure", "otherCut", "otherAbove")}`;
}

if (import.meta.main) {
  const text = await new Response(Deno.stdin.readable).text();
  // The first record is the genome's.
  const [shown] = JSON.parse(text);
  for (const line of sentences(shown)) console.log(line);
}
