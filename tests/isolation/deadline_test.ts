import { assert, assertEquals } from "@std/assert";
import { Deadline } from "../../lib/isolation/deadline.ts";
import { standStill } from "./stand_still.ts";

Deno.test("Deadline: what came in while this process stood still is read before it is over", async () => {
  const child = new Deno.Command("/bin/sh", { args: ["-c", "echo reply"], stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  const { promise, resolve } = Promise.withResolvers<string>();
  using _deadline = new Deadline(100, () => resolve("over"));
  const reading = reader.read().then(({ value }) => resolve(new TextDecoder().decode(value)));
  standStill(3000);
  assertEquals(await promise, "reply\n");
  await reading;
  await reader.cancel();
  await child.status;
});

Deno.test("Deadline: time in which this process stood still does not count", async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const began = performance.now();
  using _deadline = new Deadline(2500, () => resolve(performance.now() - began));
  standStill(5000);
  // Of the first second nothing is left, of the two others all is.
  assert(await promise > 6000);
});

Deno.test("Deadline is over when the time is, and not if it was disposed of", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  new Deadline(1, () => resolve("disposed"))[Symbol.dispose]();
  using _deadline = new Deadline(50, () => resolve("over"));
  assertEquals(await promise, "over");
});
