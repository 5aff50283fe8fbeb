import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Lines } from "../../lib/runtime/lines.ts";

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** All lines of a text that comes in pieces. */
function linesOf(text: string, pieces: readonly number[]): string[] {
  const bytes = encoder.encode(text);
  let at = 0, piece = 0;
  const lines = new Lines((into) => {
    if (at === bytes.length) return null;
    const wanted = Math.max(1, pieces.length > 0 ? pieces[piece++ % pieces.length]! : bytes.length);
    const part = bytes.subarray(at, at + Math.min(wanted, into.length));
    into.set(part);
    at += part.length;
    return part.length;
  });
  const found: string[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) found.push(decoder.decode(line));
  return found;
}

Deno.test("Lines.next() finds the lines however they are cut", () => {
  const text = fc.array(fc.string().map((line) => line.replaceAll("\n", "")), { minLength: 1 });
  fc.assert(fc.property(text, fc.array(fc.nat(9)), fc.boolean(), (lines, pieces, ended) => {
    const whole = lines.join("\n") + (ended ? "\n" : "");
    const wanted = whole.split("\n");
    if (wanted.at(-1) === "") wanted.pop();
    assertEquals(linesOf(whole, pieces), wanted);
  }));
});

Deno.test("Lines.next() makes room for long lines", () => {
  const long = "x".repeat(1_000_000);
  assertEquals(linesOf(`a\n${long}\nb`, [70_000, 1]).map(({ length }) => length), [1, 1_000_000, 1]);
});

Deno.test("Lines.next() gives up on a line without end", () => {
  const lines = new Lines((into) => into.fill(120).length);
  assertEquals(lines.next(), undefined);
});
