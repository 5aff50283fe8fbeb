/**
 * The grid of MAP-Elites: a cell for each combination of what solutions are like.
 *
 * @module
 */

import type { Candidate, Descriptor } from "./strategy.ts";
import { Misuse } from "../util/issue.ts";
import { nearest } from "../util/nearest.ts";
import { meanMeasure } from "./trials.ts";

/**
 * The number of a candidate's cell. What lies beyond the bounds of a descriptor is in its first or last bin.
 *
 * @throws {Misuse} If its trials lack a measure.
 */
export function cellOf(candidate: Candidate, descriptors: readonly Descriptor[]): number {
  return descriptors.reduce((cell, { measure, min, max, bins }) => {
    const value = meanMeasure(candidate, measure);
    if (value === undefined) throw lacking(candidate, measure);
    const bin = Math.floor((value - min) / (max - min) * bins);
    return cell * bins + Math.min(bins - 1, Math.max(0, bin));
  }, 0);
}

/** How many cells there are. */
export function cellsOf(descriptors: readonly Descriptor[]): number {
  return descriptors.reduce((product, { bins }) => product * bins, 1);
}

/** How much of the grid is filled, from 0 to 1, and the sum of what fills it (Pugh, Soros and Stanley 2016). */
export interface GridFigures {
  readonly cells: number;
  readonly filled: number;
  readonly coverage: number;
  /** Sum over the filled cells of their fitness, which an empty cell adds nothing to; null where one is below 0. */
  readonly qdScore: number | null;
}

/** The figures of an archive. */
export function gridFigures(archive: readonly Candidate[], descriptors: readonly Descriptor[]): GridFigures {
  const best = new Map<number, number>();
  for (const one of archive) {
    if (one.fitness === undefined || one.violation > 0) continue;
    const cell = cellOf(one, descriptors);
    best.set(cell, Math.max(best.get(cell) ?? -Infinity, one.fitness));
  }
  const cells = cellsOf(descriptors);
  const all = [...best.values()];
  const qdScore = all.some((fitness) => fitness < 0) ? null : all.reduce((sum, fitness) => sum + fitness, 0);
  return { cells, filled: best.size, coverage: best.size / cells, qdScore };
}

function lacking({ trials }: Candidate, measure: string): Misuse {
  const known = Object.keys(trials[0]?.measures ?? {});
  const near = nearest(measure, known);
  const list = known.length > 0 ? known.join(", ") : "this world gives none";
  return new Misuse({
    code: "selection.descriptor",
    message: `Cannot select by ${
      JSON.stringify(measure)
    } as selection.descriptors must name measures of a result: ${list}${
      near === undefined ? "" : `; the nearest is ${near}`
    }.`,
    path: "workspace/config.json",
  });
}
