/**
 * The tables of what is good in several ways: the front, and the archive.
 *
 * @module
 */

import type { ArchiveReport, EliteReport, FrontPoint, FrontReport } from "../../records/report.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import type { Report } from "./types.ts";

/** A table of the front and one of the archive, as far as there are any. */
export function frontSections({ front, archive }: Report): Section[] {
  return [...(front ? [frontSection(front)] : []), ...(archive ? [archiveSection(archive)] : [])];
}

function frontSection({ agents, count, hypervolume, points }: FrontReport): Section {
  const volume = hypervolume === null ? "" : ` Hypervolume beyond selection.reference: ${shown(hypervolume)}.`;
  const left = listed(count, points.length);
  return section(
    "front",
    "Front",
    `${count} of ${agents} agents with a result, which no other dominates.${volume}${left}`,
    points,
    [
      ["agent", "id", ({ id }) => id],
      ...Object.keys(points[0]?.objectives ?? {}).map((name): Row<FrontPoint> => [
        name,
        "number",
        ({ objectives }) => objectives[name]!,
      ]),
    ],
  );
}

function archiveSection({ cells, filled, coverage, qdScore, elites }: ArchiveReport): Section {
  const share = `${shown(100 * coverage)} %`;
  return section(
    "archive",
    "Archive",
    `${filled} of ${cells} cells are filled (${share}). ${qdText(qdScore)}${listed(filled, elites.length)}`,
    elites,
    [
      ["agent", "id", ({ id }) => id],
      ["fitness", "number", ({ fitness }) => fitness],
      ...Object.keys(elites[0]?.measures ?? {}).map((name): Row<EliteReport> => [
        name,
        "number",
        ({ measures }) => measures[name]!,
      ]),
      ["genome", "id", ({ genomeHash }) => genomeHash],
    ],
  );
}

function qdText(qdScore: number | null): string {
  if (qdScore !== null) return `QD score, the sum of their fitness: ${shown(qdScore)}.`;
  return "There is no QD score, as some have a fitness below 0, which is less than an empty cell adds.";
}

function listed(of: number, count: number): string {
  return count < of ? ` The first ${count} are shown.` : "";
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
