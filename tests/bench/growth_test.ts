import { assertEquals, assertThrows } from "@std/assert";
import { grownBy } from "../../bench/soak/growth.ts";
import type { Taken } from "../../bench/soak/watch.ts";

/** One cycle a second for 40 seconds. */
function watched(of: (cycle: number) => Partial<Taken>): Taken[] {
  const same = {
    chainMiB: 60,
    stepMiB: 100,
    descriptors: 27,
    listingMiB: 50,
    logsMiB: 10,
    storeMiB: 40,
    agentsMiB: 80,
  };
  return Array.from({ length: 40 }, (_, i) => ({ ...same, seconds: i + 1, ...of(i + 1) }));
}

const grown = (samples: readonly Taken[]) => grownBy(samples, 40).filter(({ ok }) => !ok).map(({ of }) => of);

Deno.test("grownBy(): what stays is flat, what rises in the first quarter alone too", () => {
  assertEquals(grown(watched(() => ({}))), []);
  assertEquals(grown(watched((cycle) => ({ stepMiB: Math.min(100, 40 + 10 * cycle) }))), []);
});

Deno.test("grownBy(): what rises for ever is reported with how much it was and is", () => {
  const samples = watched((cycle) => ({ descriptors: 20 + cycle, listingMiB: 50 + cycle / 10 }));
  assertEquals(grown(samples), ["descriptors of the chain"]);
  assertEquals(grownBy(samples, 40)[2], {
    of: "descriptors of the chain",
    unit: "descriptors",
    before: 35,
    after: 55,
    growth: 1.57,
    ok: false,
  });
});

Deno.test("grownBy(): logs may rise up to their bound, and what was nothing may not", () => {
  assertEquals(grown(watched((cycle) => ({ logsMiB: cycle }))), []);
  assertEquals(grown(watched((cycle) => ({ logsMiB: 100 + 3 * cycle, storeMiB: cycle < 30 ? 0 : 1 }))), [
    "logs",
    "store",
  ]);
});

Deno.test("grownBy(): too little to compare is an error", () => {
  assertThrows(() => grownBy(watched(() => ({})).slice(0, 25), 40), Error, "let it take longer");
});
