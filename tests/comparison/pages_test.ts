import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { compared } from "../../lib/comparison/compared.ts";
import { curvesOf } from "../../lib/comparison/curves.ts";
import { comparisonPage } from "../../lib/comparison/page.ts";
import { comparisonSections, runsSection } from "../../lib/comparison/sections.ts";
import { text } from "../../lib/step/sections_text.ts";
import { runsOf } from "./made_runs.ts";

const evolved = Array.from({ length: 20 }, (_, i) => 118 + i % 7);
const runs = runsOf({ evolved, "one-plus-one": evolved.map((one) => one - 114), "hand-made": evolved.toReversed() });
const hostile = "</script><script>alert(1)</script>";
const facts = {
  facts: [["template", hostile], ["budget", "100 episodes"]] as const,
  reference: "evolved",
  margin: 2,
};

function tables(objective?: { readonly name: string; readonly sense: "minimise" | "maximise" }) {
  const arms = compared(runs, { reference: "evolved", margin: 2 });
  return comparisonSections(arms, { ...facts, ...(objective && { objective }) });
}

Deno.test("comparisonSections() as text fits 80 columns and says what is not shown", () => {
  const shown = text(tables());
  for (const line of shown.split("\n")) assert(line.length <= 80, line);
  assertMatch(shown, /one-plus-one +114\.0 .* better/);
  assertMatch(shown, /hand-made .* not shown/);
});

Deno.test("comparisonSections() of an objective to minimise has values and differences as the world means them", () => {
  const plain = tables(), turned = tables({ name: "gap", sense: "minimise" });
  const arms = (of: typeof plain) => of.find(({ id }) => id === "against")!.rows;
  assertEquals(arms(turned)[0]!.slice(1, 4), [-114, -114, -114]);
  const [, low, high] = arms(plain)[1]!.slice(1, 4) as number[];
  assertEquals(arms(turned)[1]!.slice(2, 4), [-high! + 0, -low! + 0]);
  assertEquals(arms(turned)[0]!.slice(4), arms(plain)[0]!.slice(4));
});

Deno.test("curvesOf() holds what was found until it is told anew, and has nothing before all runs have", () => {
  const { episodes, arms } = curvesOf(runsOf({ a: [4, 8], b: [null, 2] }));
  const at = (place: number, arm: number) => arms[arm]!.mean[episodes.findLastIndex((one) => one <= place)];
  assertEquals([episodes[0], episodes.at(-1)], [0, 100]);
  assertEquals([at(5, 0), at(50, 0), at(100, 0), at(100, 1)], [null, 3, 6, null]);
  assertEquals(curvesOf([]), { episodes: [0], arms: [] });
});

Deno.test("comparisonPage() holds its data in one block that nothing gets out of, and needs nothing else", async () => {
  const page = await comparisonPage(runs, [...tables(), runsSection(runs)]);
  const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)![1]!;
  assertNotMatch(data, /[<>&]/);
  assertEquals(JSON.parse(data).chart.lines.length, 3);
  assertStringIncludes(page, "default-src 'none'");
  const rest = page.replace(data, "");
  assertEquals(rest.match(/<script/g)!.length, 2);
  assert(!rest.includes(hostile));
  assertNotMatch(rest.replace("http://www.w3.org/1999/xhtml", ""), /\b(src|href)\s*=\s*"(?!data:,")|@import|url\(/);
});
