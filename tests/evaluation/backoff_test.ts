import { assert, assertEquals, assertGreater, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { backoffUntilCycle, isWornOut } from "../../lib/evaluation/backoff.ts";

const options = fc.record({
  crashes: fc.integer({ min: 1, max: 1000 }),
  capCycles: fc.integer({ min: 1, max: 10_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});

Deno.test("backoffUntilCycle() rests 1, 2, 4 … cycles without jitter, up to the cap", () => {
  const plain = { crashes: 99, capCycles: 5, jitter: 0 };
  const rests = [1, 2, 3, 4, 40, 400].map((crashes) => backoffUntilCycle("s", "a", 10, crashes, plain) - 11);
  assertEquals(rests, [1, 2, 4, 5, 5, 5]);
});

Deno.test("backoffUntilCycle() is within the exponential and the cap, and depends on names alone", () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 2000 }), fc.uuid(), options, (cycle, crashes, id, with_) => {
      const until = backoffUntilCycle("7", id, cycle, crashes, with_);
      const rest = Math.min(with_.capCycles, 2 ** Math.min(30, crashes - 1));
      assertGreater(until, cycle + 1);
      assert(until - cycle - 1 >= Math.min(rest, with_.capCycles));
      assertLessOrEqual(until - cycle - 1, with_.capCycles);
      assertLessOrEqual(until - cycle - 1, Math.floor(rest * (1 + with_.jitter)));
      assertEquals(backoffUntilCycle("7", id, cycle, crashes, with_), until);
    }),
  );
});

Deno.test("backoffUntilCycle(): jitter spreads agents that crash together", () => {
  const jittered = { crashes: 99, capCycles: 1000, jitter: 1 };
  const untils = new Set(Array.from({ length: 50 }, (_, i) => backoffUntilCycle("7", `agent ${i}`, 1, 7, jittered)));
  assertGreater(untils.size, 20);
});

/** An evaluation in cycles, as a model: it crashes or not, and the rules say when it is due again. */
Deno.test("backoffUntilCycle(): an agent that crashes in a row is disabled, one that recovers begins anew", () => {
  fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 60 }), options, (crashing, with_) => {
    let crashes = 0, due = 1, disabled = false, longest = 0;
    for (let cycle = 1; cycle <= crashing.length && !disabled; cycle++) {
      if (cycle < due) continue;
      if (!crashing[cycle - 1]) {
        crashes = 0;
        continue;
      }
      crashes++;
      due = backoffUntilCycle("7", "a", cycle, crashes, with_);
      longest = Math.max(longest, due - cycle - 1);
      disabled = isWornOut(crashes, with_);
      assertEquals(disabled, crashes === with_.crashes);
    }
    assertLessOrEqual(longest, with_.capCycles);
    assertLessOrEqual(crashes, with_.crashes);
  }));
});
