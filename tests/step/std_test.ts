import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { delay } from "@std/async/delay";

Deno.test("@std/… names + each resolves and does what its declared type says", async () => {
  assert(true);
  assertThrows(() => assertEquals(1, 2), Error, "not equal");
  await assertRejects(() => Promise.reject(new TypeError("no")), TypeError, "no");
  await delay(0);
});
