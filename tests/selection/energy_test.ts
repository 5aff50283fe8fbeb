import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { type Account, chargedAll } from "../../lib/selection/energy.ts";

const options = { income: 20, upkeep: 25, cap: 1000 };
const account = (score: number, violation = 0): Account => ({ energy: 100, result: { score, violation } });
const charged = (scores: readonly number[]) => chargedAll(scores.map((score) => account(score)), options);

Deno.test("chargedAll(): the worst earns nothing, the best twice the income, equals the mean of their places", () => {
  assertEquals(charged([3, 1, 2]), [115, 75, 95]);
  assertEquals(charged([1, 5, 5, 9]), [75, 95, 95, 115]);
  assertEquals(charged([7, 7]), [95, 95]);
  assertEquals([charged([7]), charged([])], [[95], []]);
});

Deno.test("chargedAll() goes by ranks alone: any scale and any sign of scores gives the same", () => {
  const scores = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(scores, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -999, max: 999 }), (some, power, by) => {
      assertEquals(charged(some.map((score) => (score + by) * 2 ** power)), charged(some));
      assertEquals(charged(some.map(Math.cbrt)), charged(some));
    }),
  );
});

Deno.test("chargedAll(): the mean income is `income`, whatever the results, and the order of accounts is nothing to it", () => {
  const results = fc.record({ score: fc.integer({ min: 0, max: 9 }), violation: fc.constantFrom(0, 0, 1) });
  fc.assert(fc.property(fc.array(results, { minLength: 1, maxLength: 50 }), (some) => {
    const accounts = some.map((result): Account => ({ energy: 100, result }));
    const after = chargedAll(accounts, options);
    assertAlmostEquals(after.reduce((a, b) => a + b) / some.length, 95, 1e-9);
    assertEquals(chargedAll(accounts.toReversed(), options), after.toReversed());
  }));
});

Deno.test("chargedAll(): a perfect score lives on whatever it is, and what is worse than most starves", () => {
  let accounts = [2.6, 2.5, 2.4, 2.3].map((score) => account(score));
  for (let cycle = 0; cycle < 100; cycle++) {
    const energies = chargedAll(accounts, defaultConfig.energy);
    accounts = accounts.map(({ result }, i) => ({ energy: energies[i]!, ...(result && { result }) }));
  }
  assertEquals(accounts.map(({ energy }) => energy > 0), [true, true, false, false]);
});

Deno.test("chargedAll(): what breaks less is better than what scores more; what failed has no place and earns nothing", () => {
  assertEquals(chargedAll([account(9, 1), account(-9), account(5, 1)], options), [95, 115, 75]);
  assertEquals(chargedAll([account(1), { energy: 100 }, account(2), { energy: 3 }], options), [75, 75, 115, 0]);
  assertEquals(chargedAll([{ energy: 990, result: { score: 2, violation: 0 } }, account(1)], options)[0], 1000);
});

Deno.test("chargedAll() charges 10,000 accounts of few distinct scores, and of many", () => {
  for (const distinct of [3, 10_000]) {
    const energies = charged(Array.from({ length: 10_000 }, (_, i) => i % distinct));
    assert(energies.every((energy) => energy >= 75 && energy <= 115));
  }
});
