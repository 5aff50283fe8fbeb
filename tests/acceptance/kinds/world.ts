/** A row of doors, of which each has a side to go through. */
import type { Judgement, WorldSettings } from "evolve/contract";

export const world = {
  actions: ["left", "right"],
  phases: ["think", "act"],
  steps: 12,
  episodes: 2,
  noisy: true,
  memory: "episode",
  environments: { plain: {} },
} as const satisfies WorldSettings;

interface State {
  readonly random: () => number;
  side: number;
  right: number;
}

export function begin({ random }: { readonly random: () => number }): State {
  return { random, side: random() < 0.5 ? 0 : 1, right: 0 };
}

export function perceive({ side }: State): Record<string, number> {
  return { side };
}

export function act(state: State, action: number): number {
  const reward = action === state.side ? 1 : 0;
  state.right += reward;
  state.side = state.random() < 0.5 ? 0 : 1;
  return reward;
}

export function finished(_state: State): boolean {
  return false;
}

export function judge({ right }: State): Judgement {
  return { score: right, measures: {} };
}
