/**
 * Rules: if this is seen, then that is worth doing.
 *
 * A production system in its smallest form (Newell and Simon 1972, "Human Problem Solving"): each rule looks
 * at the present alone and adds its weight to the votes. What a colour is worth is read from the signals
 * `taste1` to `taste3`, which a gene that learns may give; without one every berry is taken to be good.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Weights of the rules. */
export const parameters = {
  appetite: { min: 0, max: 8, default: 5, scale: "linear" },
  reach: { min: 0, max: 4, default: 1.5, scale: "linear" },
  caution: { min: 0, max: 4, default: 2, scale: "linear" },
} as const;

const FOOD = Object.freeze(["foodHere", "foodNorth", "foodEast", "foodSouth", "foodWest"]);
const WAY = Object.freeze(["", "wayNorth", "wayEast", "waySouth", "wayWest"]);
const TASTE = Object.freeze(["", "taste1", "taste2", "taste3"]);

/**
 * If there is a berry here, eat it; leave it if its colour is known to be bad.
 *
 * @phase think
 */
export function eatRule(context: GeneContext): void {
  const colour = context.perception.foodHere!;
  if (colour > 0) context.vote(5, context.parameters.appetite! * context.signal(TASTE[colour]!, 1));
}

/**
 * If there is a berry next to here, go there.
 *
 * @phase think
 */
export function approachRule(context: GeneContext): void {
  const { perception } = context;
  for (let action = 1; action <= 4; action++) {
    const colour = perception[FOOD[action]!]!;
    if (colour > 0) context.vote(action, context.parameters.reach! * context.signal(TASTE[colour]!, 1));
  }
}

/**
 * If the way is blocked or thorny, do not take it; the more so under stress.
 *
 * @phase think
 */
export function avoidRule(context: GeneContext): void {
  const { perception } = context;
  for (let action = 1; action <= 4; action++) {
    const way = perception[WAY[action]!]!;
    if (way > 0) context.vote(action, -context.parameters.caution! * (way === 2 ? 1 + context.signal("stress") : 1));
  }
}
