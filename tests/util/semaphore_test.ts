import { assertEquals, assertRejects } from "@std/assert";
import { Gate } from "../../lib/util/semaphore.ts";

Deno.test("Gate + lets so many through at once, in their order, also after a failure", async () => {
  const gate = new Gate(2);
  const seen: number[] = [];
  const opened: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((index) =>
    gate.through(async () => {
      seen.push(index);
      await new Promise<void>((open) => opened.push(open));
      if (index === 1) throw new Error("one of them fails");
      return index;
    })
  );
  const failed = assertRejects(() => works[1]!, Error, "one of them fails");
  assertEquals(seen, [0, 1]);
  opened[1]!();
  await failed;
  assertEquals(seen, [0, 1, 2]);
  opened[0]!();
  assertEquals(await works[0], 0);
  assertEquals(seen, [0, 1, 2, 3]);
  opened[2]!();
  opened[3]!();
  assertEquals(await Promise.all([works[2], works[3]]), [2, 3]);
});
