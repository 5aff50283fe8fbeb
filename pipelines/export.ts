/**
 * Writes what a run has recorded as tables, for programs that people analyse data with.
 *
 * @module
 */

import { exportFormats } from "../lib/steps/export/format.ts";
import { runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "export",
  brief: "Writes agents, evaluations, cycles, genes and events of the run as tables into a folder.",
  description:
    "A folder with a file for each table: Parquet, CSV or NDJSON; with alife the phylogeny alone, in the ALife data " +
    "standard. Waits for nothing: it can be run while other steps are at work.",
  keepsNothing: true,
  ownFormat: true,
  columns: ["file", "rows", "bytes"],
  flags: {
    format: {
      kind: "enum",
      values: exportFormats,
      brief: "How the tables are written.",
      default: "parquet",
    },
    out: {
      kind: "parsed",
      parse: userPath,
      brief: "The folder to write: there is none yet, or a former export of the same run in the same format.",
      placeholder: "dir",
    },
  },
  run: async ({ format, out }, step) => {
    const { exportRun } = await import("../lib/steps/export/export.ts");
    return await exportRun(step, { format, out });
  },
});
