import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { plainCopy } from "../../lib/runtime/plain_copy.ts";

const json = { items: 1000, isNumeric: false } as const;
const numbers = { items: 1000, isNumeric: true } as const;

function frozen(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.isFrozen(value) && Object.values(value).every(frozen);
}

Deno.test("plain data is copied as JSON has it, frozen through and through", () => {
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    const copy = plainCopy(value, json);
    if (!copy.ok) return assert(/names that every object has/.test(copy.demand), copy.demand);
    assertEquals(JSON.stringify(copy.value), JSON.stringify(value));
    assert(frozen(copy.value));
  }));
});

Deno.test("what is no plain data is refused with what it must be", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  class Own {}
  for (
    const value of [undefined, () => 1, Symbol("s"), 1n, new Map(), new Own(), circle, [undefined], { a: NaN }, [
      Infinity,
    ]]
  ) {
    assert(!plainCopy(value, json).ok, String(value?.constructor));
  }
  assertEquals(plainCopy(Array(1000).fill(0), json), { ok: false, demand: "less data" });
  for (const value of ["text", true, null, ["text"], { a: true }]) assert(!plainCopy(value, numbers).ok);
});

Deno.test("typed arrays become lists, and nothing that is copied is shared", () => {
  const rows = [[1, 2], [3, -0]];
  const copy = plainCopy({ rows, floats: Float64Array.of(1.5, 2) }, numbers);
  assert(copy.ok);
  rows[0]![0] = 9;
  assertEquals(copy.value, { rows: [[1, 2], [3, 0]], floats: [1.5, 2] });
});
