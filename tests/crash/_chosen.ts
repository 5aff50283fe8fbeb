/**
 * Which points to kill at.
 *
 * @module
 */

import { stream } from "../../lib/runtime/random.ts";
import type { Point } from "./_stages.ts";

/**
 * The first, a middle and the last point of each kind in each stage: what a step does for one agent it does for all.
 *
 * Of one kind are points that do the same with files of the same kind.
 */
export function ofEachKind(points: readonly Point[]): Point[] {
  const kinds = new Map<string, Point[]>();
  for (const point of points) {
    const kind = `${point.stage.name} ${"how" in point.at ? point.at.how : ""} ${kindOf(point.what)}`;
    kinds.set(kind, [...kinds.get(kind) ?? [], point]);
  }
  return [...kinds.values()].flatMap((same) => [...new Set([same[0]!, same[same.length >> 1]!, same.at(-1)!])]);
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
    .replace(/\.tmp-\d+-\w+-\d+-/, ".tmp-")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "ID")
    .replace(/[0-9a-f]{32,64}/g, "HASH")
    .replace(/artifacts\/../, "artifacts")
    .replace(/\.tmp-(out-)?\d+/g, ".tmp-$1")
    .replace(/src\/(?!mod|main)\w+\.ts/, "src/GENE.ts");
}
