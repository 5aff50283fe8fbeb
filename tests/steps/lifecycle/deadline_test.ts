import { assertEquals } from "@std/assert";
import { Deadline } from "../../../lib/steps/lifecycle/deadline.ts";

/** A clock that is set by hand, in milliseconds. */
class Clock {
  at = 0;
  readonly now = () => this.at;
}

Deno.test("allows() + a cycle as long as the longest so far, after a pause, must end in time", async () => {
  const clock = new Clock();
  using deadline = new Deadline(1, clock.now);
  const cycle = (ms: number) =>
    deadline.measure(() => {
      clock.at += ms;
      return Promise.resolve();
    });
  clock.at = 59_999;
  assertEquals(deadline.allows(0), true, "of the first one nothing is known");
  clock.at = 0;
  await cycle(20_000);
  await cycle(5_000);
  assertEquals([deadline.allows(15_000), deadline.allows(15_001)], [true, false]);
  clock.at = 40_001;
  assertEquals(deadline.allows(0), false);
});

Deno.test("arm() + aborts the signal when the time is over, and not before", async () => {
  const clock = new Clock();
  using deadline = new Deadline(1, clock.now);
  clock.at = 59_000;
  deadline.arm();
  assertEquals(deadline.signal.aborted, false);
  clock.at = 59_999;
  deadline.arm();
  clock.at = 60_000;
  if (!deadline.signal.aborted) {
    await new Promise((resolve) => deadline.signal.addEventListener("abort", resolve, { once: true }));
  }
  assertEquals((deadline.signal.reason as Error).name, "AbortError");
});

Deno.test("arm() + leaves a time that no timer can be set to, and no time at all, alone", () => {
  for (const minutes of [1e9, undefined]) {
    using deadline = new Deadline(minutes, () => 1);
    deadline.arm();
    assertEquals([deadline.signal.aborted, deadline.allows(0), deadline.isSet], [false, true, minutes !== undefined]);
  }
});
