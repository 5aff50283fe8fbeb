/**
 * A report as records, one line each.
 *
 * @module
 */

import type { StepRecord } from "../../step/context.ts";
import type { Report } from "./types.ts";

/**
 * A report as records: `report.summary`, then `report.cycle`, `report.gene`, `report.file`, `report.parameter`,
 * `report.lineage`, `report.clade` (its id is the founder's), `report.branch` (its id is the root's), `report.births`, `report.step`, `report.outcome`,
 * `report.disabled`, `report.death` and `report.leader` (its id is the agent's).
 */
export function* records(report: Report): Generator<StepRecord> {
  const { summary, cycles, genes, files, parameters, lineage, births, steps } = report;
  const { largest, branches, ...tree } = lineage;
  yield { type: "report.summary", id: null, ok: true, ...summary };
  yield* each("report.cycle", cycles);
  yield* each("report.gene", genes);
  yield* each("report.file", files);
  yield* each("report.parameter", parameters);
  yield { type: "report.lineage", id: null, ok: true, ...tree };
  for (const clade of largest) yield { type: "report.clade", id: clade.founder, ok: true, ...clade };
  for (const branch of branches) yield { type: "report.branch", id: branch.root, ok: true, ...branch };
  yield { type: "report.births", id: null, ok: true, ...births };
  for (const { step, ...rest } of steps) yield { type: "report.step", id: null, ok: true, of: step, ...rest };
  yield* each("report.outcome", report.outcomes);
  yield* each("report.disabled", report.disabled);
  yield* each("report.death", report.deaths);
  for (const { id, ...leader } of report.leaders) yield { type: "report.leader", id, ok: true, ...leader };
}

function* each(type: string, items: readonly object[]): Generator<StepRecord> {
  for (const item of items) yield { type, id: null, ok: true, ...item };
}
