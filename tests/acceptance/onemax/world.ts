/** OneMax (Ackley 1987): the score is the number of bits that are on. */
import type { Judgement, Setup, WorldSettings } from "evolve/contract";

export const world: WorldSettings = {
  // deno-fmt-ignore -- an action is how many bits are on
  actions: ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16"],
  phases: ["express", "act"],
  steps: 1,
  episodes: 1,
  noisy: false,
  memory: "episode",
  environments: { plain: {} },
};

interface State {
  ones: number;
}

export function begin(_setup: Setup): State {
  return { ones: 0 };
}

export function perceive(_state: State): Record<string, number> {
  return {};
}

export function act(state: State, action: number): number {
  state.ones = action;
  return action;
}

export function finished(_state: State): boolean {
  return false;
}

export function judge(state: State): Judgement {
  return { score: state.ones, measures: { share: state.ones / 16 } };
}
