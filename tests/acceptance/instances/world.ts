/** A table of lengths: each instance is a row of it, to be told from the others. Data of all kinds comes into the score. */
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

interface Data {
  readonly bonus: { readonly factors: readonly number[]; readonly "of all": { readonly tiny: number } };
  readonly lengths: {
    readonly length: readonly number[];
    readonly kind: readonly string[];
    readonly "is long?": readonly number[];
  };
  readonly notes: readonly { readonly weight: number }[];
  readonly words: string;
}

interface State {
  readonly instance: number;
  readonly length: number;
  readonly isLong: boolean;
  readonly bonus: number;
  right: number;
}

export function begin({ instance, random, data }: Setup<Data>): State {
  const { bonus, lengths, notes, words } = data;
  const isLong = lengths.kind[instance] === "long" && lengths["is long?"][instance] === 1;
  const factor = bonus.factors[instance % bonus.factors.length]! + bonus["of all"].tiny + notes[instance]!.weight;
  const length = lengths.length[instance]! + random() / 100;
  return { instance, length, isLong, bonus: factor * words.length / 1e6, right: 0 };
}

export function perceive({ length }: State): Record<string, number> {
  return { length };
}

export function act(state: State, action: number): number {
  const isRight = action === (state.isLong ? 1 : 0);
  if (isRight) state.right++;
  return isRight ? 1 : 0;
}

export function finished(_state: State): boolean {
  return false;
}

export function judge({ right, instance, length, bonus }: State): Judgement {
  return { score: right + length + bonus, measures: { instance } };
}

/** What was found: the kind of the instance's row, and how often it was told. */
export function answer({ isLong, right, instance }: State): { instance: number; isLong: boolean; right: number } {
  return { instance, isLong, right };
}
