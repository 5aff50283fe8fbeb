/**
 * Writes what a run has recorded as tables, for programs that people analyse data with.
 *
 * @module
 */

import { exportFormats } from "../lib/steps/export/format.ts";
import { s3Place } from "../lib/steps/export/s3_place.ts";
import { runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";
import { Misuse } from "../lib/util/issue.ts";

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
      optional: true,
    },
    to: {
      kind: "parsed",
      parse: s3Place,
      brief: "Upload them instead, to a store that speaks S3, which AWS_* variables name.",
      placeholder: "s3://bucket/prefix",
      optional: true,
    },
  },
  run: async ({ format, out, to }, step) => {
    const place = out === undefined ? to : to === undefined ? out : undefined;
    if (place === undefined) throw needsOne();
    const { exportRun } = await import("../lib/steps/export/export.ts");
    return await exportRun(step, { format, to: place });
  },
});

function needsOne(): Misuse {
  return new Misuse({
    code: "arguments",
    message: "Cannot export as it must be told where to, by either --out DIR or --to s3://BUCKET/PREFIX. See --help.",
  });
}
