import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { ahead } from "../../../lib/steps/supervise/ahead.ts";

Deno.test("ahead() hands out all in order, and prepares few ahead", async () => {
  const due = Array.from({ length: 1000 }, (_, i) => i);
  let prepared = 0;
  const taken: number[] = [];
  const all = ahead(due, 3, async (some) => {
    prepared += some.length;
    await Promise.resolve();
    return some;
  });
  for await (const one of all) {
    taken.push(one);
    assertLessOrEqual(prepared, taken.length + 256 + 256);
  }
  assertEquals(taken, due);
});

Deno.test("ahead() fails where what could not be prepared is to be handed out", async () => {
  const all = ahead([1, 2, 3], 1, (some) => some.includes(2) ? Promise.reject(new Error("no")) : Promise.resolve(some));
  assertEquals((await all.next()).value, 1);
  await assertRejects(() => all.next(), Error, "no");
});

Deno.test("ahead() leaves nothing behind that is still being prepared", async () => {
  const pending: (() => void)[] = [];
  let done = 0;
  const all = ahead([1, 2], 1, async (some) => {
    if (some.includes(2)) await new Promise<void>((resolve) => pending.push(resolve));
    done++;
    return some;
  });
  assertEquals((await all.next()).value, 1);
  const over = all.return();
  pending[0]!();
  await over;
  assertEquals(done, 2);
});
