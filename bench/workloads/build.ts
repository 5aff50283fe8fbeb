/**
 * Building genomes that were never built.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, runPaths } from "../../lib/run/paths.ts";
import { toolPath } from "../../lib/toolchain/tools.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { medianOf, sumOf } from "../suite/compare.ts";
import { figure, scaled } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";

/** `build` against a check and a bundle for each agent. */
export const build: Part = {
  name: "build",
  brief: "`build` of distinct genomes against `deno check` and one bundle for each agent",
  async run(bench: Bench) {
    const agents = bench.largest(1000);
    const repeats = Math.min(3, bench.options.repeats);
    // Two seconds each: their cost does not depend on which they are.
    const some = bench.options.quick ? 2 : 20;
    const [ours, each]: [Sample[], Sample[]] = [[], []];
    for (let number = 0; number < repeats; number++) {
      const run = bench.run(`build-${agents}-${number}`);
      await bench.step("init", run, ["--count", `${agents}`, "--seed", `build-${number}`]);
      for (const name of ["scan", "sync-wiring"]) await bench.step(name, run);
      each.push(await oneByOne(bench, run, some));
      ours.push(await bench.step("build", run));
    }
    bench.options.onFigure(figure({
      part: "build",
      workload: `build of ${agents} distinct genomes from nothing`,
      reference: `\`deno check\` and one call of esbuild for each of ${some} agents, scaled`,
      agents,
      repeats,
      ours: medianOf(ours),
      against: scaled(medianOf(each), agents / some),
      goal: { kind: "least", value: 50, unit: "times faster" },
    }));
  },
};

async function oneByOne(bench: Bench, run: string, some: number): Promise<Sample> {
  const paths = runPaths(run);
  using listing = Listing.open(paths.listing);
  const rows = listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal LIMIT ?", some);
  const samples: Sample[] = [];
  for (const { id } of rows) {
    bench.options.signal.throwIfAborted();
    const folder = `${paths.agents}/${id}`;
    samples.push(await measure({ program: Deno.execPath(), args: ["check", "-q", "src/main.ts"], folder }));
    const aliases = ["contract", "runtime"].map((name) =>
      `--alias:evolve/${name}=${projectRoot}/lib/runtime/${name}.ts`
    );
    const args = ["src/main.ts", "--bundle", "--format=esm", "--platform=neutral", "--log-level=error", ...aliases];
    samples.push(await measure({ program: `${projectRoot}/${toolPath("esbuild")}`, args, folder }));
  }
  return sumOf(samples);
}
