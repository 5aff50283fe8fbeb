/**
 * Evaluations: in processes of their own against the bare processes, and in other ways against processes.
 *
 * @module
 */

import type { Goal, Sample } from "../../lib/records/bench.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn, medianOf } from "../suite/compare.ts";
import { figure, scaled } from "../suite/figure.ts";
import { bareEvaluations } from "../suite/evaluations.ts";

/** How much faster than processes the other ways are to be, where the machine and the project have them. */
const ways: readonly { readonly name: string; readonly goal?: Goal }[] = [
  { name: "shared", goal: { kind: "least", value: 25, unit: "times faster" } },
  { name: "wasm", goal: { kind: "least", value: 4, unit: "times faster" } },
  { name: "bwrap" },
];

/** `supervise` in each of its ways. */
export const supervise: Part = {
  name: "supervise",
  brief: "`supervise` in processes against `xargs`, and in its other ways against processes",
  async run(bench: Bench) {
    const agents = bench.largest(1000);
    const run = await bench.population(`lives-${agents}`, agents);
    const processes = await inProcesses(bench, run, agents);
    for (const { name, goal } of ways) {
      if (await bench.knows("supervise", name)) await otherwise(bench, name, goal, scaled(processes, 1 / agents));
      else {
        const why = `\`supervise\` has no --isolation ${name}`;
        bench.options.onOmission({ part: "supervise", workload: `supervise --isolation ${name}`, why });
      }
    }
  },
};

async function inProcesses(bench: Bench, run: string, agents: number): Promise<Sample> {
  bench.restore(run);
  const repeats = Math.min(agents >= 1000 ? 5 : Infinity, bench.options.repeats);
  const bare = await bareEvaluations(run, bench.run(`requests-${agents}`));
  const pair = await inTurn(repeats, async () => {
    bench.restore(run);
    return await bench.step("supervise", run, ["--isolation", "process"]);
  }, () => bare.run());
  bench.options.onFigure(figure({
    part: "supervise",
    workload: `supervise, ${bare.count} evaluations, a process each`,
    reference: "`xargs -P2` on the same command lines and inputs, not judged",
    agents,
    repeats,
    ours: pair.ours,
    against: pair.reference,
    goal: { kind: "most", value: 1.15, unit: "times" },
  }));
  return pair.ours;
}

async function otherwise(bench: Bench, way: string, goal: Goal | undefined, ofOne: Sample): Promise<void> {
  const agents = goal ? bench.largest() : bench.largest(100);
  const run = await bench.population(`lives-${agents}`, agents);
  bench.restore(run);
  const repeats = bench.repeats(agents);
  const samples: Sample[] = [];
  for (let number = 0; number < repeats; number++) {
    bench.restore(run);
    samples.push(await bench.step("supervise", run, ["--isolation", way]));
  }
  bench.options.onFigure(figure({
    part: "supervise",
    workload: `supervise, ${agents} evaluations, --isolation ${way}`,
    reference: "the same with a process each, scaled",
    agents,
    repeats,
    ours: medianOf(samples),
    against: scaled(ofOne, agents),
    goal,
  }));
}
