import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { pairs } from "./matrix.ts";

const axis = fc.uniqueArray(fc.nat(20), { minLength: 1, maxLength: 9 });

Deno.test("pairs() has each row and each column, and no pair twice", () => {
  fc.assert(fc.property(axis, axis, (rows, columns) => {
    const chosen = pairs(rows, columns, false), texts = chosen.map((pair) => pair.join());
    assertEquals(new Set(chosen.map(([row]) => row)), new Set(rows));
    assertEquals(new Set(chosen.map(([, column]) => column)), new Set(columns));
    assertEquals([new Set(texts).size, texts.length], [texts.length, Math.max(rows.length, columns.length)]);
    const all = pairs(rows, columns, true).map((pair) => pair.join());
    assertEquals([new Set(all).size, all.length], [all.length, rows.length * columns.length]);
    assertEquals(texts.filter((pair) => !all.includes(pair)), []);
  }));
});

Deno.test("pairs() of an axis with nothing are none", () => {
  assertEquals([pairs([], [1], false), pairs([1], [], false), pairs([], [1], true)], [[], [], []]);
});
