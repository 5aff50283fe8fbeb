import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { Queue } from "../../../lib/steps/supervise/queue.ts";

Deno.test("Queue + hands out all in order, whoever takes, and prepares few ahead", async () => {
  const due = Array.from({ length: 200 }, (_, i) => i);
  let prepared = 0;
  const queue = new Queue<number, number>(due, 3, async (some) => {
    prepared += some.length;
    await Promise.resolve();
    return some;
  });
  const taken: number[] = [];
  const taker = async () => {
    for (let one; (one = await queue.next()) !== undefined;) {
      taken.push(one);
      assertLessOrEqual(prepared, taken.length + 3 + 3 + 64);
    }
  };
  await Promise.all([taker(), taker(), taker()]);
  assertEquals(taken, due);
  assertEquals(await queue.next(), undefined);
});

Deno.test("Queue + what fails in preparing fails where it is awaited", async () => {
  const queue = new Queue<number, number>(
    [1, 2, 3],
    1,
    (some) => some.includes(2) ? Promise.reject(new Error("no")) : Promise.resolve(some),
  );
  assertEquals(await queue.next(), 1);
  await assertRejects(() => queue.next(), Error, "no");
});
