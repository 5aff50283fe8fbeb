/**
 * Selecting and reporting.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { runPaths } from "../../lib/run/paths.ts";
import { type Bench, isInstalled, type Part } from "../suite/bench.ts";
import { medianOf, sumOf } from "../suite/compare.ts";
import { figure, scale } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";

/** `select` and `report` against a dump of the listing that they read. */
export const selection: Part = {
  name: "selection",
  brief: "`select` and `report` against `sqlite3 .dump` of the same listing",
  async run(bench: Bench) {
    for (const agents of bench.options.sizes) {
      const run = await bench.population(`lives-${agents}`, agents);
      if (!await isInstalled("sqlite3")) {
        const why = "sqlite3 is not installed";
        return bench.options.onOmission({ part: "selection", workload: "select + report", why });
      }
      const [ours, dumps]: [Sample[], Sample[]] = [[], []];
      const way = await quickWay(bench);
      // Each time another cycle: what selection ends can't be ended twice.
      const repeats = way === "process" && agents >= 1000 ? 1 : bench.repeats(agents);
      for (let number = 0; number < repeats; number++) {
        await bench.prepare(run);
        await bench.step("supervise", run, ["--isolation", way]);
        dumps.push(await measure({ program: "sqlite3", args: ["-readonly", runPaths(run).listing, ".dump"] }));
        ours.push(sumOf([await bench.step("select", run), await bench.step("report", run)]));
        await bench.step("supervise", run, ["--isolation", way]);
      }
      bench.options.onFigure(figure({
        part: "selection",
        workload: "select + report",
        reference: "`sqlite3 listing.db .dump`",
        agents,
        repeats,
        ours: medianOf(ours),
        against: medianOf(dumps),
        goal: agents < scale ? undefined : { kind: "most", value: 5, unit: "times" },
        note: "select turns three folders of ten into those of newborn besides",
      }));
    }
  },
};

/** The fastest way to have evaluations run where it is not evaluations that are measured: no way changes a result. */
export async function quickWay(bench: Bench): Promise<string> {
  return await bench.knows("supervise", "shared") ? "shared" : "process";
}
