/**
 * Whether what was watched has grown.
 *
 * @module
 */

import type { Growth } from "../../lib/records/bench.ts";
import { median } from "../suite/compare.ts";
import type { Taken } from "./watch.ts";

/** As many times as much is still flat: sizes change a little with what is alive. */
const most = 1.1;

/** Logs that are put aside are kept three times: of events 20 MB each, of steps 5 MB each. */
const logsMiB = 100;

interface Thing {
  readonly of: string;
  readonly unit: Growth["unit"];
  readonly value: keyof Taken;
  /** So much is no growth, whatever it was before. */
  readonly bound?: number;
}

const things: readonly Thing[] = [
  { of: "memory of the chain", unit: "MiB", value: "chainMiB" },
  { of: "memory of the largest step", unit: "MiB", value: "stepMiB" },
  { of: "descriptors of the chain", unit: "descriptors", value: "descriptors" },
  { of: "listing, less 4 KiB for each of the dead", unit: "MiB", value: "listingMiB" },
  { of: "logs", unit: "MiB", value: "logsMiB", bound: logsMiB },
  { of: "store", unit: "MiB", value: "storeMiB" },
  { of: "agents' folders", unit: "MiB", value: "agentsMiB" },
];

/**
 * The growth of all that is watched.
 *
 * @param samples One for each cycle, in order.
 * @param seconds How long all of it took.
 * @throws {Error} If there was no cycle in one of the two quarters.
 */
export function grownBy(samples: readonly Taken[], seconds: number): Growth[] {
  const quarter = (number: number) =>
    samples.filter((one) => one.seconds >= seconds * number / 4 && one.seconds <= seconds * (number + 1) / 4);
  const [second, last] = [quarter(1), quarter(3)];
  if (second.length === 0 || last.length === 0) throw new Error("Too few cycles to compare; let it take longer");
  return things.map(({ of, unit, value, bound = 0 }) => {
    const [before, after] = [median(second.map((one) => one[value])), median(last.map((one) => one[value]))];
    const ok = after <= Math.max(before * most, bound);
    return { of, unit, before: rounded(before), after: rounded(after), growth: rounded(after / (before || 1)), ok };
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
