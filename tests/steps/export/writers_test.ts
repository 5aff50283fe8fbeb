import { assertEquals, fail } from "@std/assert";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { csvLine, openCsv } from "../../../lib/steps/export/csv_writer.ts";
import { openNdjson } from "../../../lib/steps/export/ndjson_writer.ts";
import { openParquet } from "../../../lib/steps/export/parquet_writer.ts";
import type { Cell, Column, Row, Table } from "../../../lib/steps/export/table.ts";
import { type OpenWriter, OutFile } from "../../../lib/steps/export/writer.ts";

const column = (name: string, type: Column["type"]): Column => ({ name, type, nullable: true, meaning: "A value" });

const table: Table = {
  name: "table",
  row: "a row",
  columns: [
    column("whole", "integer"),
    column("number", "real"),
    column("is", "boolean"),
    column("text", "text"),
    column("recorded", "time"),
    column("data", "json"),
  ],
};

/** Texts that break a careless writer, and any others. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    ",",
    '"',
    '""',
    "\r",
    "\n",
    "\r\n",
    "'",
    "=1+1",
    "-1",
    "null",
    "NaN",
    "\\N",
    "\ufeff",
    "ü😀",
    "\0",
  ),
  fc.string({ unit: "binary" }),
);
const number = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e-300, 1e21, 0.1 + 0.2), fc.double());
const cells: fc.Arbitrary<Cell>[] = [
  fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  number.map((value) => Object.is(value, -0) ? 0 : value),
  fc.boolean(),
  text,
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") }).map((date) => date.toISOString()),
  fc.jsonValue().map((value) => JSON.stringify(value).replaceAll("-0", "0")),
];
const rows = fc.array(fc.tuple(...cells.map((cell) => fc.option(cell, { freq: 4 }))), { maxLength: 30 });

/** The bytes that a writer makes of rows, in two batches where there are several. */
async function written(open: OpenWriter, all: readonly Row[]): Promise<Uint8Array<ArrayBuffer>> {
  const path = await Deno.makeTempFile();
  await Deno.remove(path);
  try {
    using file = new OutFile(path);
    const writer = open(table, file);
    const half = Math.ceil(all.length / 2);
    for (const batch of [all.slice(0, half), all.slice(half)]) if (batch.length > 0) writer.write(batch);
    writer.end();
    const bytes = await Deno.readFile(path);
    assertEquals(bytes.length, file.bytes);
    return bytes;
  } finally {
    await Deno.remove(path);
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Fields by the grammar of RFC 4180 and nothing else: null is one without quotes and without a character. */
function fieldsOf(text: string): (string | null)[][] {
  const lines: (string | null)[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const [, quoted, bare, end] = field.exec(text) ?? fail(`no field at ${at}`);
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? (bare || null));
    if (end === "\r\n") lines.push([]);
  }
  assertEquals(lines.pop(), []);
  return lines;
}

Deno.test("openCsv() writes what is read back by RFC 4180, null and the empty text apart", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const read = fieldsOf(decoder.decode(await written(openCsv, all)));
      const shown = (cell: Cell) => cell === null ? null : String(cell).replace(/^(-?)Infinity$/, "$1Inf");
      assertEquals(read, [table.columns.map(({ name }) => name), ...all.map((row) => row.map(shown))]);
    }),
    { numRuns: 100 },
  );
});

Deno.test("csvLine() quotes what has to be quoted, and nothing else", () => {
  assertEquals(
    csvLine(["a b", "=1", 'a"b', "a,b", "a\nb", "", null, true, -1.5]),
    `a b,=1,"a""b","a,b","a\nb","",,true,-1.5\r\n`,
  );
  assertEquals(csvLine([NaN, Infinity, -Infinity]), "NaN,Inf,-Inf\r\n");
});

Deno.test("openNdjson() writes one object a line with all columns, and null for what is not finite", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const lines = decoder.decode(await written(openNdjson, all)).split("\n");
      assertEquals(lines.pop(), "");
      const read = lines.map((line) => JSON.parse(line));
      const wanted = all.map((row) =>
        Object.fromEntries(table.columns.map(({ name, type }, at) => {
          const cell = row[at]!;
          if (typeof cell === "number" && !Number.isFinite(cell)) return [name, null];
          return [name, type === "json" && cell !== null ? JSON.parse(cell as string) : cell];
        }))
      );
      assertEquals(read, wanted);
    }),
    { numRuns: 100 },
  );
});

Deno.test("openParquet() writes what another reader takes back, with its types", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const { buffer } = await written(openParquet, all);
      const read = await parquetReadObjects({ file: buffer });
      const wanted = all.map((row) =>
        Object.fromEntries(table.columns.map(({ name, type }, at) => {
          const cell = row[at]!;
          if (cell === null) return [name, null];
          if (type === "integer") return [name, BigInt(cell)];
          // This reader takes a byte order mark away, which is in the file.
          return [
            name,
            type === "time" ? new Date(cell as string) : typeof cell === "string" ? cell.replace(/^\ufeff/, "") : cell,
          ];
        }))
      );
      assertEquals(
        read.map((row) => Object.fromEntries(Object.entries(row).map(([name, v]) => [name, v ?? null]))),
        wanted,
      );
    }),
    { numRuns: 100 },
  );
});

Deno.test("all writers make a file of a table without rows", async () => {
  assertEquals(decoder.decode(await written(openCsv, [])), "whole,number,is,text,recorded,data\r\n");
  assertEquals(decoder.decode(await written(openNdjson, [])), "");
  assertEquals(await parquetReadObjects({ file: (await written(openParquet, [])).buffer }), []);
});
