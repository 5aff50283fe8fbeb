/**
 * A report as records, one line each.
 *
 * @module
 */

import { entrantRecord, type RaceInReport, raceRecord } from "../../records/race.ts";
import type { StepRecord } from "../../records/records.ts";
import type { Report } from "./types.ts";

/**
 * A report as records: `report.summary`, then `report.cycle`, `report.gene`, `report.file`, `report.parameter`,
 * `report.lineage`, `report.clade` (its id is the founder's), `report.branch` (its id is the root's), `report.ancestor`, `report.births`, `report.step`, `report.outcome`,
 * `report.disabled`, `report.death`, `report.leader` (its id is the agent's), and `report.front` and `report.archive` where there are any.
 */
export function* records(report: Report): Generator<StepRecord> {
  const { summary, cycles, genes, files, parameters, lineage, births, steps } = report;
  const { largest, branches, ancestry = [], ...tree } = lineage;
  yield { type: "report.summary", ...whole, ...summary };
  for (const cycle of cycles) yield { type: "report.cycle", ...whole, ...cycle };
  for (const gene of genes) yield { type: "report.gene", ...whole, ...gene };
  for (const file of files) yield { type: "report.file", ...whole, ...file };
  for (const parameter of parameters) yield { type: "report.parameter", ...whole, ...parameter };
  yield { type: "report.lineage", ...whole, ...tree };
  for (const clade of largest) yield { type: "report.clade", id: clade.founder, ok: true, ...clade };
  for (const branch of branches) yield { type: "report.branch", id: branch.root, ok: true, ...branch };
  for (const { id, ...ancestor } of ancestry) yield { type: "report.ancestor", id, ok: true, ...ancestor };
  yield { type: "report.births", ...whole, ...births };
  for (const { step, ...rest } of steps) yield { type: "report.step", ...whole, of: step, ...rest };
  for (const outcome of report.outcomes) yield { type: "report.outcome", ...whole, ...outcome };
  for (const reason of report.disabled) yield { type: "report.disabled", ...whole, ...reason };
  for (const reason of report.deaths) yield { type: "report.death", ...whole, ...reason };
  if (report.race) yield* raceRecords(report.race);
  for (const { id, ...leader } of report.leaders) yield { type: "report.leader", id, ok: true, ...leader };
  if (report.front) yield { type: "report.front", ...whole, ...report.front };
  if (report.archive) yield { type: "report.archive", ...whole, ...report.archive };
}

/** As `race` has written them. */
function* raceRecords({ genes: _, parameters: __, ...race }: RaceInReport): Generator<StepRecord> {
  for (const one of race.ranking) yield entrantRecord(one);
  yield raceRecord(race);
}

const whole = { id: null, ok: true } as const;
