import { assertEquals } from "@std/assert";
import { readRecords } from "../../../lib/steps/annotate/read_records.ts";

async function read(...chunks: string[]): Promise<unknown[]> {
  return await Array.fromAsync(readRecords(ReadableStream.from(chunks.map((text) => new TextEncoder().encode(text)))));
}

Deno.test("readRecords() finds records among other lines, in an array, and cut anywhere", async () => {
  assertEquals(await read('scan: hello\n{"a":1}\n\n{"b"', ':2}\r\n[\n{"c":3},\n{"d":4}\n]\n{"e"'), [
    { a: 1 },
    { b: 2 },
    { c: 3 },
    { d: 4 },
  ]);
  assertEquals(await read('{"a":1}'), [{ a: 1 }]);
  assertEquals(await read(), []);
});

Deno.test("readRecords() passes over a line without an end, and reads the next one", async () => {
  const endless = "x".repeat(1_000_000);
  assertEquals(await read(...Array(12).fill(endless), '\n{"a":1}\n'), [{ a: 1 }]);
});
