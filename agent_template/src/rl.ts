/**
 * Q-learning (Watkins 1989, "Learning from Delayed Rewards") over what an action meets.
 *
 * An episode is too short to learn a table of places, so states and actions are aggregated (Singh, Jaakkola and
 * Jordan 1995): what counts is what an action meets, such as "eat a red berry" or "step into thorns under a
 * dark sky". What eating has turned out to be worth goes out as the signals `taste1` to `taste3`.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Rate of learning, discount, exploration, and the weight of the votes. */
export const parameters = {
  learningRate: { min: 0.02, max: 1, default: 0.4, scale: "log" },
  discount: { min: 0, max: 0.95, default: 0.2, scale: "linear" },
  epsilon: { min: 0.001, max: 0.5, default: 0.02, scale: "log" },
  trust: { min: 0, max: 4, default: 1, scale: "linear" },
} as const;

const EAT = 5;
const FOOD = Object.freeze(["foodHere", "foodNorth", "foodEast", "foodSouth", "foodWest"]);
const WAY = Object.freeze(["", "wayNorth", "wayEast", "waySouth", "wayWest"]);
const TASTE = Object.freeze(["", "taste1", "taste2", "taste3"]);
/** Keys of the values: staying, eating nothing or a colour, then moving, then moving under a dark sky. */
const EATING = Object.freeze(["eat0", "eat1", "eat2", "eat3"]);
const MOVING = Object.freeze(["free", "blocked", "thorns", "food1", "food2", "food3"]);
const DARK = Object.freeze(["darkFree", "darkBlocked", "darkThorns", "darkFood1", "darkFood2", "darkFood3"]);
/** What was met last, for the update that waits until it is seen where it led. */
const MET = Object.freeze([
  "stay",
  "eat0",
  "eat1",
  "eat2",
  "eat3",
  "free",
  "blocked",
  "thorns",
  "food1",
  "food2",
  "food3",
  "darkFree",
  "darkBlocked",
  "darkThorns",
  "darkFood1",
  "darkFood2",
  "darkFood3",
]);

/** The key of what an action meets. */
function meeting(context: GeneContext, action: number): string {
  if (action === 0) return "stay";
  const { perception } = context;
  if (action === EAT) return EATING[perception.foodHere!]!;
  const way = perception[WAY[action]!]!;
  const colour = perception[FOOD[action]!]!;
  return (perception.sky! > 0.5 ? DARK : MOVING)[way > 0 ? way : colour > 0 ? 2 + colour : 0]!;
}

/** What an action is worth by what has been learned so far. */
function value(context: GeneContext, action: number): number {
  return context.recall(meeting(context, action));
}

/**
 * Votes for each action by its value.
 *
 * @phase think
 */
export function advise(context: GeneContext): void {
  const { trust } = context.parameters;
  for (let action = 0; action < context.actions; action++) context.vote(action, trust! * value(context, action));
}

/**
 * Chooses the action with most votes, and now and then any (epsilon-greedy).
 *
 * @phase act
 */
export function choose(context: GeneContext): number {
  if (context.random() < context.parameters.epsilon!) return Math.floor(context.random() * context.actions);
  let best = 0;
  let most = -Infinity;
  const first = Math.floor(context.random() * context.actions);
  for (let i = 0; i < context.actions; i++) {
    const action = (first + i) % context.actions;
    const votes = context.votes(action);
    if (votes > most) {
      most = votes;
      best = action;
    }
  }
  return best;
}

/**
 * Updates the value of what was met one step ago by its reward and the best that could follow, and tells the tastes.
 *
 * @phase learn
 */
export function reinforce(context: GeneContext): void {
  const { learningRate, discount } = context.parameters;
  const met = MET[context.recall("met", -1)];
  if (met !== undefined) {
    let best = -Infinity;
    for (let action = 0; action < context.actions; action++) best = Math.max(best, value(context, action));
    const old = context.recall(met);
    const worth = old + learningRate! * (context.recall("reward") + discount! * best - old);
    context.remember(met, worth);
    const colour = EATING.indexOf(met);
    if (colour > 0) context.emit(TASTE[colour]!, worth);
  }
  context.remember("met", MET.indexOf(meeting(context, context.lastAction)));
  context.remember("reward", context.reward);
}
