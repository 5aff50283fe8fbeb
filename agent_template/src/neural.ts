/**
 * A small network that values each direction, and learns from what came of it.
 *
 * Two hidden units with inherited weights, one that seeks and one that shuns, see what lies in one direction: smell, food,
 * wall, thorns. Their output weights are learned within the episode by the reward that follows
 * (a delta rule on the chosen direction: Widrow and Hoff 1960).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Inherited weights of the hidden units, their first output weights, and the rate of learning. */
export const parameters = {
  smell: { min: -1, max: 6, default: 3, scale: "linear" },
  food: { min: -1, max: 3, default: 1, scale: "linear" },
  wall: { min: -1, max: 3, default: 1.5, scale: "linear" },
  thorns: { min: -1, max: 3, default: 1.5, scale: "linear" },
  seek: { min: 0, max: 3, default: 1, scale: "linear" },
  shun: { min: 0, max: 3, default: 1, scale: "linear" },
  learningRate: { min: 0.001, max: 0.5, default: 0.03, scale: "log" },
} as const;

const FOOD = Object.freeze(["", "foodNorth", "foodEast", "foodSouth", "foodWest"]);
const WAY = Object.freeze(["", "wayNorth", "wayEast", "waySouth", "wayWest"]);
const TASTE = Object.freeze(["", "taste1", "taste2", "taste3"]);
const SMELL_X = Object.freeze(["", "redX", "greenX", "blueX"]);
const SMELL_Y = Object.freeze(["", "redY", "greenY", "blueY"]);
const SEEN = Object.freeze(["", "s1", "s2", "s3", "s4"]);
const SHUNNED = Object.freeze(["", "h1", "h2", "h3", "h4"]);

/**
 * Runs the network forward for each direction and votes with its output.
 *
 * @phase think
 */
export function steer(context: GeneContext): void {
  const { smell, food, wall, thorns, seek, shun } = context.parameters;
  const { perception } = context;
  const odour = odours(context);
  const seekWeight = context.recall("seek", seek), shunWeight = context.recall("shun", shun);
  for (let action = 1; action <= 4; action++) {
    const colour = perception[FOOD[action]!]!, way = perception[WAY[action]!]!;
    const tasty = colour > 0 ? context.signal(TASTE[colour]!, 1) : 0;
    const seen = Math.tanh(smell! * odour[action]! + food! * tasty);
    const shunned = Math.tanh(way === 1 ? wall! : way === 2 ? thorns! : 0);
    context.vote(action, seekWeight * seen - shunWeight * shunned);
    context.remember(SEEN[action]!, seen);
    context.remember(SHUNNED[action]!, shunned);
  }
}

/** How promising the smells of all colours are by action: those of bad taste repel. */
function odours(context: GeneContext): number[] {
  const { perception } = context;
  let x = 0, y = 0;
  for (let colour = 1; colour <= 3; colour++) {
    const taste = context.signal(TASTE[colour]!, 1);
    x += taste * perception[SMELL_X[colour]!]!;
    y += taste * perception[SMELL_Y[colour]!]!;
  }
  return [0, -y, x, y, -x];
}

/**
 * Moves the output weights by the reward that came after the last step, above what is usual.
 *
 * @phase learn
 */
export function train(context: GeneContext): void {
  const action = context.lastAction;
  if (action < 1 || action > 4) return;
  const { seek, shun, learningRate } = context.parameters;
  const surprise = learningRate! * (context.reward - context.signal("mood"));
  context.remember("seek", context.recall("seek", seek) + surprise * context.recall(SEEN[action]!));
  context.remember("shun", context.recall("shun", shun) - surprise * context.recall(SHUNNED[action]!));
}
