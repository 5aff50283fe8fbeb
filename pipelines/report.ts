/**
 * Tells how a run has gone, as records or as a document, and writes the report's files; or compares runs.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";
import { Misuse } from "../lib/util/issue.ts";

await runStep({
  name: "report",
  brief: "Tells how the run has gone: scores, population, genes, lineage, births and time.",
  description: "Writes workspace/reports/report.html, report.md, report.json and lineage.csv as well, " +
    "and may be called while other steps are at work. With --compare it writes nothing: it compares what the final races " +
    "of runs expect of their winners, by groups of equal configuration.",
  formats: ["md", "html"],
  elsewhere: ({ compare }) => compare !== undefined,
  flags: {
    compare: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Compare these runs: groups are those of one configuration.",
      placeholder: "run",
      optional: true,
      variadic: true,
    },
    svg: {
      kind: "boolean",
      brief: "Write each chart as an SVG file, into workspace/reports/charts/.",
      default: false,
      withNegated: false,
    },
  },
  positional: {
    placeholder: "run",
    brief: "Further ones of --compare.",
    minimum: 0,
    parse: (text) => text,
    of: "compare",
  },
  run: async ({ compare, svg }, step) => {
    if (compare) {
      if (step.paths.name !== undefined) throw clash("--run", "that names the runs: name it there as well");
      if (svg) throw clash("--svg", "it writes nothing");
      const { compareRuns } = await import("../lib/steps/report/compare_runs.ts");
      return await compareRuns(step, compare);
    }
    const { report } = await import("../lib/steps/report/report.ts");
    return await report(step, { svg });
  },
});

function clash(flag: string, why: string): Misuse {
  return new Misuse({
    code: "arguments",
    message: `Cannot use ${flag} with --compare as ${why}.`,
  });
}
