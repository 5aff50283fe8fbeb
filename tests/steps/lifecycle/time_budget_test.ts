import { assertEquals } from "@std/assert";
import { TimeBudget } from "../../../lib/steps/lifecycle/time_budget.ts";

/** A clock that is set by hand, in milliseconds. */
class Clock {
  at = 0;
  readonly now = () => this.at;
}

Deno.test("allows(): a cycle as long as the longest so far, after a pause, must end in time", async () => {
  const clock = new Clock();
  using budget = new TimeBudget(1, clock.now);
  const cycle = (ms: number) =>
    budget.measure(() => {
      clock.at += ms;
      return Promise.resolve();
    });
  clock.at = 59_999;
  assertEquals(budget.allows(0), true, "of the first one nothing is known");
  clock.at = 0;
  await cycle(20_000);
  await cycle(5_000);
  assertEquals([budget.allows(15_000), budget.allows(15_001)], [true, false]);
  clock.at = 40_001;
  assertEquals(budget.allows(0), false);
});

Deno.test("arm() aborts the signal when the time is over, and not before", async () => {
  const clock = new Clock();
  using budget = new TimeBudget(1, clock.now);
  clock.at = 59_000;
  budget.arm();
  assertEquals(budget.signal.aborted, false);
  clock.at = 59_999;
  budget.arm();
  clock.at = 60_000;
  if (!budget.signal.aborted) {
    await new Promise((resolve) => budget.signal.addEventListener("abort", resolve, { once: true }));
  }
  assertEquals((budget.signal.reason as Error).name, "AbortError");
});

Deno.test("arm() leaves a time that no timer can be set to, and no time at all, alone", () => {
  for (const minutes of [1e9, undefined]) {
    using budget = new TimeBudget(minutes, () => 1);
    budget.arm();
    assertEquals([budget.signal.aborted, budget.allows(0), budget.isSet], [false, true, minutes !== undefined]);
  }
});
