/**
 * Evaluations a second on OneMax, against DEAP.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn } from "../suite/compare.ts";
import { figure, scaled } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";
import { quickWay } from "./selection.ts";

const script = `${projectRoot}/bench/peers/onemax_deap.py`;

/** `supervise` on OneMax with artifacts built, against `eaSimple`. */
export const onemax: Part = {
  name: "onemax",
  brief: "evaluations of OneMax against DEAP's eaSimple",
  async run(bench: Bench) {
    const { onFigure, onOmission, quick, repeats } = bench.options;
    const workload = "OneMax, 100 bits: one evaluation";
    if (!await hasDeap()) {
      return onOmission({ part: "onemax", workload, why: "DEAP is not installed (`apt-get install python3-deap`)" });
    }
    // The more of them, the less is measured of the start of the step.
    const population = bench.largest();
    const run = bench.run("onemax");
    const template = ["--template", `${projectRoot}/examples/onemax`, "--active", "1"];
    await bench.step("init", run, ["--count", `${population}`, "--seed", "1", ...template]);
    await bench.prepare(run);
    bench.restore(run);
    const way = await quickWay(bench);
    const generations = quick ? 20 : 200;
    const evaluations = await deapEvaluations(generations);
    const pair = await inTurn(repeats, async () => {
      bench.restore(run);
      return scaled(await bench.step("supervise", run, ["--isolation", way]), 1 / population);
    }, async () => scaled(await deap(generations), 1 / evaluations));
    onFigure(figure({
      part: "onemax",
      workload: `${workload} by \`supervise --isolation ${way}\`, judge and records included`,
      reference: `one of DEAP's eaSimple, population 300, ${generations} generations`,
      agents: population,
      repeats,
      ours: pair.ours,
      against: pair.reference,
      goal: { kind: "least", value: 1, unit: "times faster" },
    }));
  },
};

async function hasDeap(): Promise<boolean> {
  const { code } = await new Deno.Command("/bin/sh", {
    args: ["-c", "PATH=/usr/bin:/bin:$PATH; python3 -c 'import deap'"],
    stderr: "null",
  }).output();
  return code === 0;
}

async function deap(generations: number): Promise<Sample> {
  return await measure({ program: "env", args: ["PATH=/usr/bin:/bin", "python3", script, `${generations}`] });
}

/** How many evaluations so many generations are; the same each time. */
async function deapEvaluations(generations: number): Promise<number> {
  const args = ["PATH=/usr/bin:/bin", "python3", script, `${generations}`];
  const { code, stdout, stderr } = await new Deno.Command("env", { args }).output();
  if (code !== 0) throw new Error(`DEAP failed: ${new TextDecoder().decode(stderr).slice(-600)}`);
  return Number(new TextDecoder().decode(stdout));
}
