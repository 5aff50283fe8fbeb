/**
 * What each step costs with few agents and with many: time for each agent, and memory.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { medianOf } from "../suite/compare.ts";
import { figure, scaled } from "../suite/figure.ts";
import { measuresMemory } from "../suite/measure.ts";
import { quickWay } from "./selection.ts";

/** The steps of a first cycle, each under the name that it is shown by. */
const chain = [
  ["init", "init"],
  ["scan", "scan"],
  ["sync-wiring", "sync-wiring"],
  ["build", "build"],
  ["scan", "scan again"],
  ["sync-wiring", "sync-wiring again"],
  ["build", "build again"],
  ["supervise", "supervise"],
  ["select", "select"],
  ["supervise", "supervise (births)"],
  ["hooks", "hooks"],
  ["report", "report"],
  ["status", "status"],
] as const;

/** Each step at the least and at the greatest size. */
export const sizes: Part = {
  name: "sizes",
  brief: "time for each agent, and memory, of each step at the greatest size against the least",
  async run(bench: Bench) {
    const [least] = bench.options.sizes;
    const most = bench.largest();
    if (least === most) {
      const why = "it takes two sizes";
      return bench.options.onOmission({ part: "sizes", workload: "cost and memory by size", why });
    }
    const [few, many] = [await costs(bench, least!), await costs(bench, most)];
    const way = await quickWay(bench);
    for (const [name, ours] of many) {
      const against = few.get(name)!;
      const common = { part: "sizes", agents: most, repeats: 1, reference: `the same with ${least}` };
      bench.options.onFigure(figure({
        ...common,
        workload: `${name}: cost for each agent${name.startsWith("supervise") ? ` (${way})` : ""}`,
        ours: scaled(ours, 1 / most),
        against: scaled(against, 1 / least!),
        goal: { kind: "most", value: 1.2, unit: "times" },
      }));
      if (!measuresMemory()) continue;
      const value = ours.peakKiB! / against.peakKiB!;
      const goal = { kind: "most", value: 2, unit: "times" } as const;
      bench.options.onFigure({
        ...common,
        workload: `${name}: memory at most`,
        ours,
        against,
        value,
        byCpu: null,
        goal,
        met: value <= goal.value,
        note: "of the step's largest process, tools included",
      });
    }
  },
};

async function costs(bench: Bench, agents: number): Promise<Map<string, Sample>> {
  const repeats = agents <= 100 ? bench.options.repeats : 1;
  const samples = new Map<string, Sample[]>(chain.map(([, shown]) => [shown, []]));
  const way = await quickWay(bench);
  for (let number = 0; number < repeats; number++) {
    const run = bench.run(`size-${agents}-${number}`);
    for (const [step, shown] of chain) {
      const args = step === "init"
        ? ["--count", `${agents}`, "--seed", "sizes"]
        : step === "supervise"
        ? ["--isolation", way]
        : [];
      samples.get(shown)!.push(await bench.step(step, run, args));
    }
  }
  return new Map([...samples].map(([shown, some]) => [shown, medianOf(some)]));
}
