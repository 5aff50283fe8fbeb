/**
 * OneMax: as many ones as can be among a hundred bits (Ackley 1987). The "hello, world" of evolutionary computation.
 *
 * An agent tells one bit a step, and perceives whose turn it is.
 *
 * @module
 */

import type { Judgement, WorldSettings } from "evolve/contract";

/** An action is a bit. Nothing is random, so a genome is judged once. */
export const world = {
  actions: ["zero", "one"],
  phases: ["act"],
  steps: 100,
  episodes: 1,
  noisy: false,
  memory: "episode",
  environments: { plain: {} },
} as const satisfies WorldSettings;

/** What has been told. */
export interface Told {
  readonly bits: number[];
  ones: number;
}

/** Nothing has been told yet. */
export function begin(): Told {
  return { bits: [], ones: 0 };
}

/** `place`: the number of the bit that is to be told, from 0. */
export function perceive({ bits }: Told): Record<string, number> {
  return { place: bits.length };
}

/** Takes down a bit; the reward is the bit. */
export function act(told: Told, action: number): number {
  told.bits.push(action);
  told.ones += action;
  return action;
}

/** It lasts all its steps. */
export function finished(_told: Told): boolean {
  return false;
}

/** The score is the number of ones. */
export function judge({ ones }: Told): Judgement {
  return { score: ones, measures: {} };
}
