/**
 * A whole cycle, and commands while one is under way.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { Listing } from "../../lib/db/listing.ts";
import { runPaths } from "../../lib/run/paths.ts";
import { stepProcess } from "../../lib/step/command.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn, medianOf } from "../suite/compare.ts";
import { figure, scaled } from "../suite/figure.ts";
import { bareEvaluations } from "../suite/evaluations.ts";

/** A cycle by `lifecycle` against the CPU time of the bare evaluations, and `status` meanwhile. */
export const cycle: Part = {
  name: "cycle",
  brief: "a whole cycle against the agents' own CPU time, and `status` while one is under way",
  async run(bench: Bench) {
    const agents = bench.largest(1000);
    const run = await bench.population(`cycle-${agents}`, agents);
    const bare = await bareEvaluations(run, bench.run(`requests-cycle-${agents}`), 200);
    const perEvaluation = scaled(await bare.run(), 1 / bare.count);
    const repeats = Math.min(3, bench.options.repeats);
    const [samples, bounds]: [Sample[], Sample[]] = [[], []];
    for (let number = 0; number < repeats; number++) {
      const before = evaluationsIn(run);
      samples.push(await bench.step("lifecycle", run, ["--cycles", "1", "--isolation", "process", "--no-race"]));
      const evaluations = evaluationsIn(run) - before;
      const cpuMs = perEvaluation.cpuMs * evaluations;
      bounds.push({ wallMs: cpuMs / 2, cpuMs, peakKiB: perEvaluation.peakKiB });
    }
    bench.options.onFigure(figure({
      part: "cycle",
      workload: "a whole cycle, a process for each evaluation",
      reference: "the agents' own CPU time over 2, from `xargs` on 200 of them",
      agents,
      repeats,
      ours: medianOf(samples),
      against: medianOf(bounds),
      goal: { kind: "most", value: 1.25, unit: "times" },
      note: "of a machine that has nothing else to do",
    }));
    await statusMeanwhile(bench);
  },
};

function evaluationsIn(run: string): number {
  using listing = Listing.open(runPaths(run).listing);
  return listing.get<{ n: number }>("SELECT count(*) AS n FROM evaluations WHERE wall_ms IS NOT NULL")!.n;
}

async function statusMeanwhile(bench: Bench): Promise<void> {
  const many = bench.largest(), few = Math.min(100, many);
  const [large, small] = [await bench.population(`${many}`, many), await bench.population("status", few)];
  const { repeats, onFigure } = bench.options;
  await using _busy = atWork(large);
  const pair = await inTurn(repeats, () => bench.step("status", large), () => bench.step("status", small));
  onFigure(figure({
    part: "cycle",
    workload: `\`status\` of ${many} agents while a cycle runs`,
    reference: `\`status\` of ${few}`,
    agents: many,
    repeats,
    ours: pair.ours,
    against: pair.reference,
    goal: { kind: "most", value: 0.5, unit: "seconds more" },
  }));
}

/** A lifecycle that is at work until it is disposed of. */
function atWork(run: string): AsyncDisposable {
  const child = stepProcess("lifecycle", ["--run", run, "--quiet", "--no-race"], {
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}
