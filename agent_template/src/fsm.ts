/**
 * A machine of three modes (Moore 1956): search, feed, rest.
 *
 * It feeds while berries are near, rests while there is danger, and searches otherwise. The
 * transitions have hysteresis, so that one misread sign does not turn the mode over and over. Danger is the signal
 * `alarm` if a gene gives one, or else the sky itself.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Thresholds of the modes and the weights of their votes. */
export const parameters = {
  alarmed: { min: 0.05, max: 1, default: 0.5, scale: "linear" },
  relieved: { min: 0.1, max: 1, default: 0.8, scale: "linear" },
  linger: { min: 0, max: 20, default: 3, scale: "linear" },
  inertia: { min: 0, max: 3, default: 0.4, scale: "linear" },
  stillness: { min: 0, max: 6, default: 4, scale: "linear" },
} as const;

const SEARCH = 0;
const FEED = 1;
const REST = 2;
const FOOD = Object.freeze(["foodHere", "foodNorth", "foodEast", "foodSouth", "foodWest"]);

/**
 * Goes from mode to mode and gives the signal `mode`: 0 search, 1 feed, 2 rest.
 *
 * @phase sense
 */
export function switchMode(context: GeneContext): void {
  const { alarmed, relieved, linger } = context.parameters;
  const danger = context.signal("alarm", context.perception.sky);
  const threshold = context.recall("mode") === REST ? alarmed! * relieved! : alarmed!;
  if (foodIsNear(context)) context.remember("fed", context.step + 1);
  let mode = SEARCH;
  if (danger >= threshold) mode = REST;
  else if (context.recall("fed") > 0 && context.step - context.recall("fed") < linger!) mode = FEED;
  context.remember("mode", mode);
  context.emit("mode", mode);
}

function foodIsNear(context: GeneContext): boolean {
  const { perception } = context;
  return FOOD.some((name) => perception[name]! > 0);
}

/**
 * In search, votes for going on as before: a walk that persists finds more than one that wavers.
 *
 * @phase think
 */
export function keepHeading(context: GeneContext): void {
  const { lastAction } = context;
  if (lastAction < 1 || lastAction > 4 || context.perception.bumped! > 0) return;
  if (context.signal("mode", SEARCH) === SEARCH) context.vote(lastAction, context.parameters.inertia!);
}

/**
 * In rest, votes against every move; without a mode, whenever the sky is dark.
 *
 * @phase think
 */
export function keepStill(context: GeneContext): void {
  if (context.signal("mode", context.perception.sky! > 0.5 ? REST : SEARCH) !== REST) return;
  for (let action = 1; action <= 4; action++) context.vote(action, -context.parameters.stillness!);
}

/**
 * Decides for the action that has most votes; any of them where several have.
 *
 * @phase act
 */
export function decide(context: GeneContext): number {
  let best = 0;
  let most = -Infinity;
  let equals = 0;
  const { actions } = context;
  for (let action = 0; action < actions; action++) {
    const votes = context.votes(action);
    if (votes > most) {
      most = votes;
      best = action;
      equals = 1;
    } else if (votes === most && context.random() * ++equals < 1) best = action;
  }
  return best;
}
