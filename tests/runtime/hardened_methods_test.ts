import { assertEquals } from "@std/assert";
import { listMethods } from "../../lib/runtime/list_methods.ts";
import { number, numberFunctions, text } from "../../lib/runtime/number_functions.ts";
import { numberMethods, shortest } from "../../lib/runtime/number_methods.ts";
import { textMethods } from "../../lib/runtime/text_methods.ts";

Deno.test("shortest() writes every power of two as V8 does", () => {
  for (let power = -1074; power < 1024; power++) {
    for (const value of [2 ** power, -(2 ** power)]) {
      assertEquals(shortest(value), String(value));
      assertEquals(numberMethods.toExponential.call(value), value.toExponential());
      assertEquals(numberMethods.toString.call(value, 10), value.toString(10));
    }
  }
});

Deno.test("toLowerCase() and toUpperCase() are the engine's but for what Unicode 17 added", () => {
  const added = /[\ua7ce\ua7cf\ua7d2-\ua7d5\u{16ea0}-\u{16eb8}\u{16ebb}-\u{16ed3}]/u;
  const { toLowerCase, toUpperCase } = textMethods;
  for (let point = 0; point < 0x110000; point++) {
    const one = String.fromCodePoint(point);
    assertEquals(toLowerCase.call(one), added.test(one) ? one : one.toLowerCase());
    assertEquals(toUpperCase.call(one), added.test(one) ? one : one.toUpperCase());
  }
  for (const one of ["ΟΔΥΣΣΕΥΣ ΣΑΣ", "aΣ", "Σ", "Σa", "ΑΣΣ", "\ud83dΣ"]) {
    assertEquals(toLowerCase.call(one), one.toLowerCase());
  }
  assertEquals(toLowerCase.call("A\ua7ceΣ"), "a\ua7ceσ");
});

Deno.test("join() brings a list to an end that holds itself", () => {
  const join = (list: unknown[], separator?: string) => listMethods.join.call(list, separator);
  const list: unknown[] = [1, null, undefined, [2, 3]];
  assertEquals(join(list, "-"), "1---2,3");
  list.push({ toString: () => `<${join(list, "+")}>` });
  assertEquals(join(list, "-"), "1---2,3-<>");
  list.push({
    toString() {
      throw new RangeError("x");
    },
  });
  for (let i = 0; i < 2; i++) {
    try {
      join(list);
    } catch {
      // It must not be taken for one that is being joined.
    }
  }
  list.pop();
  assertEquals(join(list, "-"), "1---2,3-<>");
});

Deno.test("Number, String, parseInt and parseFloat are called as the engine's", () => {
  const { parseFloat: float, parseInt: int } = numberFunctions;
  assertEquals([number(), number(undefined), number(" 12 "), number(null), number("1x"), number([7])], [
    0,
    NaN,
    12,
    0,
    NaN,
    7,
  ]);
  assertEquals([text(), text(undefined), text(-0), text([1, 2]), text(1e21)], ["", "undefined", "0", "1,2", "1e+21"]);
  assertEquals([int("12", 3), int(" -0x1f"), int(""), int("z", 37), int("9".repeat(400))], [
    5,
    -31,
    NaN,
    NaN,
    Infinity,
  ]);
  assertEquals([float(" .5e1x"), float("-"), float("Infinityx")], [5, NaN, Infinity]);
  assertEquals([number.MAX_SAFE_INTEGER, number.prototype === Number.prototype, text.fromCharCode(65)], [
    Number.MAX_SAFE_INTEGER,
    true,
    "A",
  ]);
  assertEquals(Object.is(number(`-0.${"0".repeat(40)}`), -0), true);
});
