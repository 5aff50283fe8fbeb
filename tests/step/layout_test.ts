import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Column, layout } from "../../lib/step/layout.ts";

const column = (name: string, right = false): Column => ({ name, right });

Deno.test("layout() sets numbers to the right and all else to the left", () => {
  assertEquals(layout([column("name"), column("n", true)], [["a", "10"], ["bcdef", "5"]], 80), {
    heading: ["name    n"],
    rows: ["a      10", "bcdef   5"],
  });
});

Deno.test("layout(): what is too wide gets its headings on several lines first", () => {
  assertEquals(layout([column("a"), column("99 % of lives", true)], [["x", "1 ms"]], 10), {
    heading: ["a   99 %", "      of", "   lives"],
    rows: ["x   1 ms"],
  });
});

Deno.test("layout(): then its longest text is wrapped within its column", () => {
  assertEquals(layout([column("n", true), column("why")], [["1", "it was among those chosen to die"]], 30), {
    heading: ["n  why"],
    rows: ["1  it was among those chosen", "   to die"],
  });
});

Deno.test("layout(): then its last columns get lines below, but for rows without a value there", () => {
  const columns = [column("id"), column("one"), column("reason")];
  assertEquals(layout(columns, [["a".repeat(20), "b", "it is so"], ["c", "d", "–"]], 26), {
    heading: ["id                    one", "    reason"],
    rows: [`${"a".repeat(20)}  b`, "    it is so", "c                     d"],
  });
});

Deno.test("layout() loses no word, and is as wide as its bound unless a word or heading is wider", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  const cell = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
  const size = fc.integer({ min: 1, max: 12 });
  const made = size.chain((n) =>
    fc.record({
      columns: fc.array(fc.record({ name: cell, right: fc.boolean() }), { minLength: n, maxLength: n }),
      rows: fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 4 }),
      width: fc.integer({ min: 30, max: 100 }),
    })
  );
  const words = (texts: readonly string[]) => texts.join(" ").split(/\s+/).filter((one) => one !== "").sort();
  fc.assert(fc.property(made, ({ columns, rows, width }) => {
    const { heading, rows: lines } = layout(columns, rows, width);
    assertEquals(words(lines), words(rows.flat()));
    assertEquals(words(heading), words(columns.map(({ name }) => name)));
    for (const line of [...heading, ...lines]) assert(line.length <= width, `${width}: ${line}`);
  }));
});
