import { assert, assertAlmostEquals } from "@std/assert";
import {
  normalProbability,
  normalQuantile,
  studentProbability,
  studentQuantile,
} from "../../lib/statistics/distributions.ts";

Deno.test("normalQuantile() has the values of the tables", () => {
  const known = [[0.5, 0], [0.8, 0.8416212336], [0.975, 1.9599639845], [0.995, 2.5758293035], [0.999999, 4.7534243088]];
  for (const [probability, value] of known) {
    assertAlmostEquals(normalQuantile(probability!), value!, 1e-9);
    assertAlmostEquals(normalQuantile(1 - probability!), -value!, 1e-9);
  }
});

Deno.test("normalProbability() is the inverse of the quantile, and ends at 0 and 1", () => {
  for (const probability of [1e-9, 0.001, 0.3, 0.7]) {
    assertAlmostEquals(normalProbability(normalQuantile(probability)), probability, 1e-12);
  }
  assert(normalProbability(-40) === 0 && normalProbability(40) === 1);
});

Deno.test("studentQuantile() has the values of the tables for few and many degrees of freedom", () => {
  const known: [probability: number, freedom: number, value: number][] = [
    [0.975, 1, 12.7062047],
    [0.975, 2, 4.3026527],
    [0.975, 3, 3.1824463],
    [0.975, 4, 2.7764451],
    [0.975, 5, 2.5705818],
    [0.975, 10, 2.2281389],
    [0.95, 19, 1.7291328],
    [0.995, 30, 2.7499957],
    [0.95, 99, 1.6603912],
    [0.9995, 7, 5.4078825],
    [0.975, 1000, 1.9623391],
  ];
  for (const [probability, freedom, value] of known) {
    assertAlmostEquals(studentQuantile(probability, freedom), value, 1e-6, `${probability}, ${freedom}`);
    assertAlmostEquals(studentQuantile(1 - probability, freedom), -value, 1e-6);
  }
});

Deno.test("studentProbability() is Cauchy's of one degree of freedom, and nearly the normal one of many", () => {
  assertAlmostEquals(studentProbability(1, 1), 0.75, 1e-14);
  assertAlmostEquals(studentProbability(1.5, 100_001), normalProbability(1.5), 1e-5);
});
