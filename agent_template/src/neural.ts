/**
 * A small network that values each direction, and learns from what came of it.
 *
 * Two hidden units with inherited weights, one that seeks and one that shuns, see what lies in one direction: smell, food,
 * wall, thorns. Their output weights are learned within the episode by the reward that follows
 * (a delta rule on the chosen direction: Widrow and Hoff 1960).
 *
 * @module
 */

import type { Life } from "evolve/contract";

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
export function steer(life: Life): void {
  const { smell, food, wall, thorns, seek, shun } = life.parameters;
  const { perception } = life;
  const odour = odours(life);
  const seekWeight = life.recall("seek", seek), shunWeight = life.recall("shun", shun);
  for (let action = 1; action <= 4; action++) {
    const colour = perception[FOOD[action]!]!, way = perception[WAY[action]!]!;
    const tasty = colour > 0 ? life.signal(TASTE[colour]!, 1) : 0;
    const seen = Math.tanh(smell! * odour[action]! + food! * tasty);
    const shunned = Math.tanh(way === 1 ? wall! : way === 2 ? thorns! : 0);
    life.vote(action, seekWeight * seen - shunWeight * shunned);
    life.remember(SEEN[action]!, seen);
    life.remember(SHUNNED[action]!, shunned);
  }
}

/** How promising the smells of all colours are by action: those of bad taste repel. */
function odours(life: Life): number[] {
  const { perception } = life;
  let x = 0, y = 0;
  for (let colour = 1; colour <= 3; colour++) {
    const taste = life.signal(TASTE[colour]!, 1);
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
export function train(life: Life): void {
  const action = life.lastAction;
  if (action < 1 || action > 4) return;
  const { seek, shun, learningRate } = life.parameters;
  const surprise = learningRate! * (life.reward - life.signal("mood"));
  life.remember("seek", life.recall("seek", seek) + surprise * life.recall(SEEN[action]!));
  life.remember("shun", life.recall("shun", shun) - surprise * life.recall(SHUNNED[action]!));
}
