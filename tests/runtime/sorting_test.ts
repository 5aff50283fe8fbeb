import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { compareTexts, mergeSort } from "../../lib/runtime/sorting.ts";
import { arraySorting, typedArraySorting } from "../../lib/runtime/sorting_methods.ts";

const sort = (list: unknown[], compare?: (a: never, b: never) => unknown) =>
  arraySorting.sort.call(list, compare as (a: unknown, b: unknown) => unknown);

Deno.test("mergeSort() sorts as the engine does, and is stable", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat())), (pairs) => {
    const found = [...pairs];
    mergeSort(found, (a, b) => (a as number[])[0]! - (b as number[])[0]!);
    assertEquals(found, pairs.toSorted((a, b) => a[0] - b[0]));
  }));
});

Deno.test("mergeSort() does the same with any comparison, however it contradicts itself", () => {
  const list = Array.from({ length: 40 }, (_, i) => (i * 17) % 40);
  const odd = [...list];
  mergeSort(odd, (a, b) => ((a as number) * 7 + (b as number) * 3) % 5 - 2);
  assertEquals(new Set(odd), new Set(list));
  assertEquals(
    odd,
    // deno-fmt-ignore
    [24,16,1,33,8,18,0,10,25,35,17,27,32,2,12,34,4,9,19,29,11,21,26,36,6,28,38,3,13,23,5,15,20,30,22,37,7,39,14,31],
  );
});

Deno.test("sort() without a comparison sorts by text", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(undefined), fc.constant(null))), (list) => {
      assertEquals(sort([...list]), [...list].sort());
    }),
  );
  assertEquals(compareTexts("a", "B"), 1);
});

Deno.test("sort() puts what is undefined last, and holes behind it", () => {
  // deno-lint-ignore no-sparse-arrays -- holes are what it is about
  const list = [3, , undefined, 1, , 2];
  const found = sort(list);
  assertEquals(found.length, 6);
  assertEquals(found.slice(0, 4), [1, 2, 3, undefined]);
  assertEquals([4, 5].map((at) => at in found), [false, false]);
});

Deno.test("sort() refuses what is no function, and lists that are frozen", () => {
  assertThrows(() => sort([2, 1], "x" as never), TypeError);
  assertThrows(() => sort(Object.freeze([2, 1]) as unknown[]), TypeError);
});

Deno.test("toSorted() leaves the list as it is", () => {
  const list = [3, 1, 2];
  const compare = (a: unknown, b: unknown) => (a as number) - (b as number);
  assertEquals(arraySorting.toSorted.call(list, compare), [1, 2, 3]);
  assertEquals(list, [3, 1, 2]);
});

Deno.test("sort() of typed arrays goes by number, or by the comparison", () => {
  const numbers = new Float64Array([3, -0, 10, 0, NaN, 2]);
  assertEquals([...typedArraySorting.sort.call(numbers.slice())], [-0, 0, 2, 3, 10, NaN]);
  const backwards = typedArraySorting.toSorted.call(numbers, (a, b) => (b as number) - (a as number));
  assertEquals(backwards[0], 10);
  assertEquals(numbers[0], 3);
});
