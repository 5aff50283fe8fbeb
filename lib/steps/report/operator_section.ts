/**
 * The table of birth genes in a report.
 *
 * @module
 */

import type { BirthReport, OperatorReport } from "../../records/report_lineage.ts";
import { type Section, section } from "../../tables/section.ts";

/** What birth genes did, and which of them never came to anything. */
export function operatorSection({ operators }: Pick<BirthReport, "operators">): Section {
  const worked = operators.filter(({ gestations }) => gestations > 0);
  const idle = worked.filter(({ changed }) => changed === 0).map(({ gene }) => gene);
  const note =
    "Gestations of the last 20 cycles, as far as these are kept whole, that count for each birth gene that was on. " +
    "Gain: by how much children that differ from their parent were better than it in the same worlds, with a 95 % interval that " +
    `takes them for independent.${idle.length === 0 ? "" : ` Nothing ever changed with ${idle.join(", ")}.`}`;
  return section("operators", "Birth genes at work", note, worked, [
    ["gene", "text", ({ gene }) => gene],
    ["gestations", "count", ({ gestations }) => gestations],
    ["alone", "count", ({ alone }) => alone],
    ["changed", "count", ({ changed }) => changed],
    ["compared", "count", ({ compared }) => compared],
    ["gain", "number", (one: OperatorReport) => one.gain?.mean ?? null],
    ["low", "number", (one: OperatorReport) => one.gain?.low ?? null],
    ["high", "number", (one: OperatorReport) => one.gain?.high ?? null],
  ]);
}
