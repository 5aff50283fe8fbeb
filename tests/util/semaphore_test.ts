import { assertEquals, assertRejects } from "@std/assert";
import { Semaphore } from "../../lib/util/semaphore.ts";

/** Resolves when all that can go on at once has gone on. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("Semaphore lets so many through at once, in their order, also after a failure", async () => {
  const semaphore = new Semaphore(2);
  const seen: number[] = [];
  const opened: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((index) =>
    semaphore.through(async () => {
      seen.push(index);
      await new Promise<void>((open) => opened.push(open));
      if (index === 1) throw new Error("one of them fails");
      return index;
    })
  );
  const failed = assertRejects(() => works[1]!, Error, "one of them fails");
  await settled();
  assertEquals(seen, [0, 1]);
  opened[1]!();
  await failed;
  await settled();
  assertEquals(seen, [0, 1, 2]);
  opened[0]!();
  assertEquals(await works[0], 0);
  await settled();
  assertEquals(seen, [0, 1, 2, 3]);
  opened[2]!();
  opened[3]!();
  assertEquals(await Promise.all([works[2], works[3]]), [2, 3]);
});

Deno.test("Semaphore: what leaves wakes one of those that wait, and none when all are out", async () => {
  const semaphore = new Semaphore(1);
  await semaphore.empty();
  await semaphore.enter();
  const woken: number[] = [];
  const waiting = Array.from({ length: 100 }, (_, index) => semaphore.enter().then(() => woken.push(index)));
  const empty = semaphore.empty().then(() => woken.length);
  semaphore.leave();
  await settled();
  assertEquals(woken, [0]);
  for (const one of waiting) {
    await one;
    semaphore.leave();
  }
  assertEquals(await empty, 100);
  assertEquals(woken, Array.from({ length: 100 }, (_, index) => index));
});
