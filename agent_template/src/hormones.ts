/**
 * Hormones: slow quantities that shift how the other genes act.
 *
 * Each is a leaky integrator: it takes up a share of what is new and forgets the rest bit by bit. So many
 * weak signs make one strong one, and a single misread one passes (Doya 2002, "Metalearning and neuromodulation").
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Shares taken up in each step, and strengths. */
export const parameters = {
  arousal: { min: 0.05, max: 1, default: 0.4, scale: "log" },
  recovery: { min: 0.02, max: 0.5, default: 0.1, scale: "log" },
  stress: { min: 0, max: 4, default: 1, scale: "linear" },
  optimism: { min: 0.01, max: 0.5, default: 0.1, scale: "log" },
} as const;

/**
 * Gives the signal `alarm`, from 0 to 1: how likely a storm is by the signs of the last steps.
 *
 * @phase sense
 */
export function adrenaline(context: GeneContext): void {
  const before = context.recall("alarm");
  const alarm = before + context.parameters.arousal! * (context.perception.sky! - before);
  context.remember("alarm", alarm);
  context.emit("alarm", alarm);
}

/**
 * Gives the signal `stress`, which rises with every harm and fades.
 *
 * @phase sense
 */
export function cortisol(context: GeneContext): void {
  const { recovery, stress } = context.parameters;
  const level = context.recall("stress") * (1 - recovery!) + context.perception.hurt!;
  context.remember("stress", level);
  context.emit("stress", stress! * level);
}

/**
 * Gives the signal `mood`: the reward that is usual at present.
 *
 * @phase learn
 */
export function dopamine(context: GeneContext): void {
  const before = context.recall("mood");
  const mood = before + context.parameters.optimism! * (context.reward - before);
  context.remember("mood", mood);
  context.emit("mood", mood);
}
