import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { differences, mean, pairedTest } from "./statistics.ts";

Deno.test("pairedTest() is exact for a few differences", () => {
  assertAlmostEquals(pairedTest([1, 1, 1, 1, 1, 1, 1]), 1 / 128);
  assertAlmostEquals(pairedTest([3, 2, -1]), 2 / 8);
  assertEquals(pairedTest([-1, -1]), 1);
});

Deno.test("pairedTest() of many differences finds what is there, and nothing where there is nothing", () => {
  const random = stream(deriveSeed("noise"));
  const noise = Array.from({ length: 100 }, () => random() - 0.5);
  const chance = pairedTest(noise);
  assert(chance > 0.05 && chance < 0.95);
  assert(pairedTest(noise.map((value) => value + 0.2)) < 0.001);
});

Deno.test("mean() and differences() are paired by position", () => {
  assertEquals(mean(differences([3, 5], [1, 1])), 3);
  assertEquals(mean([]), 0);
});
