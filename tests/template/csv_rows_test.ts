import { assertEquals, assertThrows } from "@std/assert";
import { parse, stringify } from "@std/csv";
import fc from "fast-check";
import { csvRows } from "../../lib/template/csv_rows.ts";

const cells = fc.oneof(fc.constantFrom("", '"', ",", "\n", '""', "a\r\nb"), fc.string({ maxLength: 8 }))
  .map((cell) => cell.trim());
const tables = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.array(fc.array(cells, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })
);

Deno.test("csvRows() reads what another library writes, as that reads it", () => {
  fc.assert(fc.property(tables, fc.boolean(), (rows, crlf) => {
    const text = stringify(rows, { crlf });
    assertEquals(recordsOf(text), rows);
    // Which takes a line's end in quotes for that of the system.
    if (!/\r/.test(rows.flat().join())) assertEquals(recordsOf(text), parse(text));
  }));
});

Deno.test("csvRows() gives each row the line in which it ends, whatever ends lines", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const text = ["a,b", "", ' 1 , "2', '3" ', "  ", ',""', ""].join(end);
    assertEquals(csvRows(text, fail), [
      { record: ["a", "b"], line: 1 },
      { record: ["1", `2${end}3`], line: 4 },
      { record: ["", ""], line: 6 },
    ]);
  }
});

Deno.test("csvRows() passes over blank lines, not over a cell that is empty", () => {
  assertEquals(recordsOf('a\n\n""\n \nb'), [["a"], [""], ["b"]]);
  assertEquals(recordsOf("a,\n,"), [["a", ""], ["", ""]]);
  assertEquals(recordsOf(""), []);
  assertEquals(recordsOf("\n\n"), []);
});

const bad: [text: string, line: number, words: string][] = [
  ["a,b\n1", 2, "2 cells are expected, and there are 1"],
  ['a,b\n1,"2\n3",4', 3, "2 cells are expected, and there are 3"],
  ['a\n1"2"', 2, "within a cell"],
  ['a\n"1\n"\n"2" 3', 4, "follows a closing quote"],
  ['a\n"1\n""\n', 2, "not closed"],
];

for (const [text, line, words] of bad) {
  Deno.test(`csvRows() refuses ${JSON.stringify(text)}`, () => {
    assertThrows(() => csvRows(text, fail), Error, `${line}: `);
    assertThrows(() => csvRows(text, fail), Error, words);
  });
}

function recordsOf(text: string): unknown[] {
  return csvRows(text, fail).map(({ record }) => record);
}

function fail(what: string, line: number): never {
  throw new Error(`${line}: ${what}`);
}
