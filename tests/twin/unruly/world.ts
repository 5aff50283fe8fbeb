/** Instances of data, chance, two objectives, violations and memory of a lifetime: all that a result can depend on. */
import type { ObjectiveJudgement, Setup, WorldSettings } from "evolve/contract";

export const world = {
  actions: ["less", "more"],
  phases: ["sense", "act"],
  steps: 6,
  episodes: 2,
  instances: { train: 4, test: 2 },
  objectives: [{ name: "gap", sense: "minimise" }, { name: "haste", sense: "maximise" }],
  noisy: true,
  memory: "lifetime",
  environments: { plain: { weight: 2 }, heavy: { weight: 3 } },
} as const satisfies WorldSettings;

interface State {
  readonly length: number;
  readonly weight: number;
  told: number;
  steps: number;
}

export function begin({ instance, random, data, environment }: Setup<{ lengths: readonly number[] }>): State {
  return { length: data.lengths[instance]! + random(), weight: environment.weight!, told: 0, steps: 0 };
}

export function perceive({ length }: State): Record<string, number> {
  return { length };
}

export function act(state: State, action: number): number {
  state.steps++;
  state.told += action;
  return action;
}

export function finished({ told, length }: State): boolean {
  return told > length;
}

export function judge({ told, length, weight, steps }: State): ObjectiveJudgement {
  const gap = Math.abs(told - length) * weight;
  return { objectives: { gap, haste: -steps }, violation: told > 5 ? told - 5 : 0, measures: { told } };
}
