/**
 * Tells how a run has gone, as records or as a document, and writes the report's files.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "report",
  brief: "Tells how the run has gone: scores, population, genes, lineage, births and time.",
  description: "Writes workspace/reports/report.html, report.md, report.json and lineage.csv as well, " +
    "and may be called while other steps are at work.",
  formats: ["md", "html"],
  run: async (_flags, step) => {
    const { report } = await import("../lib/steps/report/report.ts");
    return await report(step);
  },
});
