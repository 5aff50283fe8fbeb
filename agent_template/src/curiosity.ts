/**
 * Curiosity: what is new is worth a look.
 *
 * Exploration by counting (Thrun 1992, "Efficient exploration in reinforcement learning"): the less often a
 * place was visited, the more it draws. Boredom, which grows while nothing is gained, makes it draw more.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** The weight of the votes, how much visited places repel, and how quickly boredom comes (per step). */
export const parameters = {
  wanderlust: { min: 0, max: 3, default: 0.6, scale: "linear" },
  staleness: { min: 0.1, max: 4, default: 1, scale: "log" },
  impatience: { min: 0.005, max: 0.5, default: 0.08, scale: "log" },
} as const;

const WAY = Object.freeze(["", "wayNorth", "wayEast", "waySouth", "wayWest"]);
const OFFSET = Object.freeze([0, -64, 1, 64, -1]);

/**
 * Counts the visits of the present place.
 *
 * @phase sense
 */
export function countVisits(context: GeneContext): void {
  const key = `at${context.perception.row! * 64 + context.perception.column!}`;
  context.remember(key, context.recall(key) + 1);
}

/**
 * Votes for free moves into places that were seldom visited.
 *
 * @phase think
 */
export function explore(context: GeneContext): void {
  const { perception } = context;
  const { wanderlust, staleness } = context.parameters;
  const weight = wanderlust! * (0.5 + context.signal("boredom", 0.5));
  const place = perception.row! * 64 + perception.column!;
  for (let action = 1; action <= 4; action++) {
    if (perception[WAY[action]!] !== 0) continue;
    context.vote(action, weight / (1 + staleness! * context.recall(`at${place + OFFSET[action]!}`)));
  }
}

/**
 * Lets boredom grow towards 1 while nothing is gained, and fall to 0 with a gain.
 *
 * @phase learn
 */
export function growBored(context: GeneContext): void {
  const before = context.recall("boredom");
  const boredom = context.reward > 0 ? 0 : before + context.parameters.impatience! * (1 - before);
  context.remember("boredom", boredom);
  context.emit("boredom", boredom);
}
