/**
 * Which points to kill at.
 *
 * @module
 */

import { stream } from "../../lib/runtime/random.ts";
import type { Point } from "./_stages.ts";

/**
 * Of each kind in each stage the last point before which to kill, and the first one in the middle of which to: what a step
 * does for one agent it does for all.
 *
 * Of one kind are points that do the same with files of the same kind.
 */
export function ofEachKind(points: readonly Point[]): Point[] {
  const kinds = new Map<string, Point[]>();
  for (const [i, point] of points.entries()) {
    // Each commit and each process is another moment.
    const own = /^(commit|statement|spawn|output)\b/.test(point.what) ? i : "";
    const kind = `${point.stage.name} ${howOf(point)} ${kindOf(point.what)} ${own}`;
    kinds.set(kind, [...kinds.get(kind) ?? [], point]);
  }
  return [...kinds.values()].map((same) => howOf(same[0]!) === "half" ? same[0]! : same.at(-1)!);
}

function howOf({ at }: Point): string {
  return "how" in at ? at.how : "";
}

/** Some of the points, drawn at random, spread over all stages. */
export function drawn(points: readonly Point[], count: number, seed: string): Point[] {
  const random = stream(seed);
  const stages = [...new Set(points.map(({ stage }) => stage))];
  const chosen: Point[] = [];
  for (let i = 0; i < count; i++) {
    const [stage] = stages.splice(Math.floor(random() * stages.length), 1);
    const own = points.filter((point) => point.stage === stage);
    chosen.push(own[Math.floor(random() * own.length)]!);
  }
  return chosen;
}

function kindOf(what: string): string {
  return what
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "ID")
    .replace(/[0-9a-f]{32,64}/g, "HASH")
    .replace(/\.tmp-[a-z0-9]+-[a-z0-9]+-\d+-/g, ".tmp-")
    .replace(/\.tmp-(out-)?\d+/g, ".tmp-$1")
    .replace(/artifacts\/[^/]+/, "artifacts")
    .replace(/src\/(?!mod|main)\w+\.ts/, "src/GENE.ts");
}
