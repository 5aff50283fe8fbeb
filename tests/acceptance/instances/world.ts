/** A column of lengths: each instance is one of them, to be told from the others. */
import type { Judgement, Setup, WorldSettings } from "evolve/contract";

export const world = {
  actions: ["short", "long"],
  phases: ["act"],
  steps: 4,
  episodes: 3,
  instances: { train: 8, test: 2 },
  noisy: true,
  memory: "episode",
  environments: { plain: {} },
} as const satisfies WorldSettings;

interface State {
  readonly instance: number;
  readonly length: number;
  right: number;
}

export function begin({ instance, random }: Setup): State {
  return { instance, length: instance / 10 + random() / 100, right: 0 };
}

export function perceive({ length }: State): Record<string, number> {
  return { length };
}

export function act(state: State, action: number): number {
  const isRight = action === (state.length > 0.45 ? 1 : 0);
  if (isRight) state.right++;
  return isRight ? 1 : 0;
}

export function finished(_state: State): boolean {
  return false;
}

export function judge({ right, instance, length }: State): Judgement {
  return { score: right + length, measures: { instance } };
}
