import type { ObjectiveJudgement, Probed, Setup, WorldSettings } from "evolve/contract";

export const world = {
  action: { space: "box", length: 2, low: [-1, -2], high: 2 },
  observation: { last: 2, left: 1 },
  objectives: [{ name: "miss", sense: "minimise" }, { name: "spread", sense: "maximise" }],
  probes: 8,
  phases: ["think", "act", "learn"],
  steps: 6,
  episodes: 2,
  noisy: true,
  memory: "lifetime",
  environments: { plain: { wind: 0.1 } },
} as const satisfies WorldSettings;

type Place = readonly number[];

interface Field {
  readonly random: () => number;
  readonly wind: number;
  readonly targets: readonly Place[];
  readonly hits: Place[];
}

export function begin({ random, layout, environment, steps }: Setup): Field {
  const targets = Array.from({ length: steps }, () => [2 * layout() - 1, 3 * random() - 1]);
  return { random, wind: environment.wind!, targets, hits: [] };
}

export function inform({ targets }: Field) {
  return { targets, count: targets.length };
}

export function perceive({ hits, targets }: Field) {
  return { last: hits.at(-1) ?? [0, 0], left: targets.length - hits.length };
}

export function probe({ hits, targets }: Field, point: Place): Probed {
  const target = targets[hits.length]!;
  return { value: distance(point, target), slope: target.map((part, i) => part - point[i]!) };
}

export function act(field: Field, action: Place): number {
  const hit = action.map((part) => part + field.wind * (field.random() - 0.5));
  field.hits.push(hit);
  return -distance(hit, field.targets[field.hits.length - 1]!);
}

export function finished(_field: Field): boolean {
  return false;
}

export function judge({ hits, targets }: Field): ObjectiveJudgement {
  const misses = hits.map((hit, i) => distance(hit, targets[i]!));
  const mean = misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
  return {
    objectives: { miss: mean, spread: Math.max(...misses) - Math.min(...misses) },
    violation: Math.max(0, mean - 1),
    measures: { first: misses[0]! },
  };
}

export function answer({ hits }: Field) {
  return { places: hits, found: true, by: "genes" };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);
}
