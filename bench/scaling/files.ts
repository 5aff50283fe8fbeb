/**
 * What was measured of evaluators, kept beside the page and the chart that are written from it.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf, writeFileAtomicSync } from "../../lib/util/files.ts";
import type { Cell, Measured } from "./cell.ts";
import { scalingSvg } from "./chart.ts";
import { scalingPart } from "./page.ts";

const docs = `${projectRoot}/docs`;
const recorded = `${docs}/evidence/evaluators.ndjson`;

/** Keeps what was measured, in the place of what was before, and draws it. Needs write permission for `docs`. */
export function keepScaling({ cells, ...rest }: Measured): void {
  const lines = [rest, ...cells].map((one) => `${JSON.stringify(one)}\n`);
  writeFileAtomicSync(recorded, lines.join(""));
  const words = `${rest.at.slice(0, 10)}, ${rest.machine}; the figures are in performance.md`;
  writeFileAtomicSync(`${docs}/evaluators.svg`, scalingSvg(cells.filter(({ looping }) => looping === 0), words));
}

/** What was measured last; undefined where nothing was. Needs read permission for `docs`. */
export function readScaling(): Measured | undefined {
  if (!infoOf(recorded)) return undefined;
  const [first, ...cells] = Deno.readTextFileSync(recorded).trimEnd().split("\n").map((line) => JSON.parse(line));
  return { ...first as Omit<Measured, "cells">, cells: cells as Cell[] };
}

/** The part of the page; nothing where nothing was measured. */
export function readScalingPart(): string | undefined {
  const measured = readScaling();
  return measured && scalingPart(measured);
}
