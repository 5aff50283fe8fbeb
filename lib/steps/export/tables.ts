/**
 * What an export holds, by format.
 *
 * @module
 */

import { agentsPass, lineagePass } from "./agents.ts";
import { phylogenyPass } from "./alife.ts";
import { cyclesPass } from "./cycles.ts";
import { evaluationsPass } from "./evaluations.ts";
import { eventsPass } from "./events.ts";
import type { ExportFormat } from "./format.ts";
import type { Pass, Table } from "./table.ts";

const all: readonly Pass[] = [agentsPass, lineagePass, cyclesPass, evaluationsPass, eventsPass];

/** The passes that an export of a format takes, in their order. */
export function passesOf(format: ExportFormat): readonly Pass[] {
  return format === "alife" ? [phylogenyPass] : all;
}

/** The tables of an export of a format. */
export function tablesOf(format: ExportFormat): readonly Table[] {
  return passesOf(format).flatMap(({ tables }) => tables);
}
