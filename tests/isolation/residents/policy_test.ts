import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { afterEnd, type History, type RestartOptions, unharmed } from "../../../lib/isolation/residents/policy.ts";

const options: RestartOptions = {
  initialBackoffSeconds: 1,
  maxBackoffSeconds: 8,
  jitter: 0,
  minUptimeSeconds: 10,
  maxRestarts: 100,
  restartWindowSeconds: 60,
};

/** Rests after ends that follow each other, each after so many milliseconds of being up. */
function rests(ups: readonly number[], changes: Partial<RestartOptions> = {}): (number | null)[] {
  let history: History = unharmed;
  let at = 1_000_000;
  return ups.map((upMs) => {
    const { history: next, backoffMs } = afterEnd(history, { at, upMs, random: 0.5, counts: true }, {
      ...options,
      ...changes,
    });
    history = next;
    at += upMs + (backoffMs ?? 0);
    return backoffMs;
  });
}

Deno.test("afterEnd(): the first restart comes at once, then rests double up to the cap", () => {
  assertEquals(rests([0, 0, 0, 0, 0, 0, 0]), [0, 1000, 2000, 4000, 8000, 8000, 8000]);
});

Deno.test("afterEnd(): health begins the rests anew", () => {
  assertEquals(rests([0, 0, 0, 10_000, 0]), [0, 1000, 2000, 0, 1000]);
  assertEquals(rests([0, 0, 0, 9_999, 0]), [0, 1000, 2000, 4000, 8000]);
});

Deno.test("afterEnd(): jitter lengthens a rest by its share, and never beyond the cap", () => {
  assertEquals(rests([0, 0, 0, 0, 0], { jitter: 0.5 }), [0, 1250, 2500, 5000, 8000]);
});

Deno.test("afterEnd(): too many ends within the window are too many, fewer or older ones are not", () => {
  assertEquals(rests([0, 0, 0], { maxRestarts: 3 }), [0, 1000, null]);
  assertEquals(rests([0, 0, 0, 0], { maxRestarts: 3, restartWindowSeconds: 1, initialBackoffSeconds: 2 }), [
    0,
    2000,
    4000,
    8000,
  ]);
});

Deno.test("afterEnd(): a clock that was set back does not keep ends in the window", () => {
  const { history } = afterEnd(unharmed, { at: 9e12, upMs: 0, random: 0, counts: true }, options);
  assertEquals(afterEnd(history, { at: 1000, upMs: 0, random: 0, counts: true }, options).history.ends, [1000]);
});

Deno.test("afterEnd(): a back-off is never negative nor longer than the cap, and memory of ends is bounded", () => {
  const ends = fc.record({ upMs: fc.nat(20_000), random: fc.double({ min: 0, max: 0.999, noNaN: true }) });
  fc.assert(fc.property(fc.array(ends), fc.integer({ min: 1, max: 6 }), (all, most) => {
    let history: History = unharmed;
    let at = 0;
    for (const { upMs, random } of all) {
      const { backoffMs, history: next } = afterEnd(history, { at, upMs, random, counts: true }, {
        ...options,
        jitter: 1,
        maxRestarts: most,
      });
      if (backoffMs === null) return assertEquals(next.ends.length, most);
      assert(backoffMs >= 0 && backoffMs <= 8000 && next.ends.length < most);
      history = next;
      at += upMs + backoffMs;
    }
  }));
});
