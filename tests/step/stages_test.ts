import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Stages } from "../../lib/step/stages.ts";

Deno.test("Stages: times what is done at once and what is waited for, also where it throws", async () => {
  const stages = new Stages();
  assertEquals(stages.time("a", () => 1), 1);
  assertThrows(() => stages.time("a", () => JSON.parse("{")), SyntaxError);
  let resolve = (_: number) => {};
  const waiting = stages.time("b", () => new Promise<number>((done) => resolve = done));
  assertEquals(Object.keys(stages.summary()!), ["a"]);
  resolve(2);
  assertEquals(await waiting, 2);
  await assertRejects(() => stages.time("b", () => Promise.reject(new RangeError("no"))), RangeError);
  const { a, b } = stages.summary()!;
  assertEquals([a!.count, b!.count], [2, 2]);
  assert(a!.p50 <= a!.p99 && a!.totalMs >= 0);
});

Deno.test("Stages: without any there is nothing to tell", () => {
  assertEquals([new Stages().summary(), new Stages().counted()], [undefined, undefined]);
});
