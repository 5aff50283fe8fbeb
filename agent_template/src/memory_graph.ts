/**
 * A map of the places that were seen, and paths over it.
 *
 * Places are nodes, and neighbours that were both walked on are joined; a path is found by breadth-first search
 * (Moore 1959, "The shortest path through a maze"). Larders are places where a berry was, which grows again.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How long a larder needs, and the weight of the votes. */
export const parameters = {
  patience: { min: 5, max: 120, default: 30, scale: "log" },
  longing: { min: 0, max: 4, default: 1.2, scale: "linear" },
  dread: { min: 0, max: 4, default: 2, scale: "linear" },
} as const;

const FOOD = Object.freeze(["foodHere", "foodNorth", "foodEast", "foodSouth", "foodWest"]);
const WAY = Object.freeze(["", "wayNorth", "wayEast", "waySouth", "wayWest"]);
const TASTE = Object.freeze(["", "taste1", "taste2", "taste3"]);
/** By action: how it changes the number of a place, which is 64 times the row plus the column. */
const OFFSET = Object.freeze([0, -64, 1, 64, -1]);
/** Search no further than so many places. */
const HORIZON = 160;

/**
 * Notes the place: that it can be walked on, whether it hurt, and when its berry was seen or eaten.
 *
 * @phase sense
 */
export function notePlace(context: GeneContext): void {
  const { perception } = context;
  const place = perception.row! * 64 + perception.column!;
  if (perception.hurt! >= 1 && context.lastAction > 0 && context.lastAction < 5) context.remember(`hurt${place}`, 1);
  if (context.recall(`seen${place}`) === 0) context.remember(`seen${place}`, 1);
  for (let action = 0; action <= 4; action++) {
    const colour = perception[FOOD[action]!]!;
    if (colour > 0 && context.signal(TASTE[colour]!, 1) > 0) noteLarder(context, place + OFFSET[action]!);
  }
  if (perception.foodHere === 0 && context.recall(`larder${place}`) > 0) emptyLarder(context, place);
}

/** Keeps a list of larders: `at0`, `at1` … are their places, `larder…` their number from 1, `bare…` when found bare. */
function noteLarder(context: GeneContext, place: number): void {
  if (context.recall(`larder${place}`) === 0) {
    const count = context.recall("larders");
    context.remember(`at${count}`, place);
    context.remember(`larder${place}`, count + 1);
    context.remember("larders", count + 1);
  }
  context.remember(`bare${place}`, -1);
}

function emptyLarder(context: GeneContext, place: number): void {
  if (context.recall(`bare${place}`, -1) < 0) context.remember(`bare${place}`, context.step);
  else if (context.step - context.recall(`bare${place}`) > context.parameters.patience!) {
    context.remember(`bare${place}`, context.step);
  }
}

/**
 * Votes for the moves that lead straight to a place and are free.
 *
 * @returns The distance in steps.
 */
export function towards(context: GeneContext, column: number, row: number, weight: number): number {
  const { perception } = context;
  const dx = column - perception.column!, dy = row - perception.row!;
  const far = Math.abs(dx) + Math.abs(dy);
  if (far === 0) return 0;
  for (let action = 1; action <= 4; action++) {
    const along = action === 1 ? -dy : action === 2 ? dx : action === 3 ? dy : -dx;
    if (along > 0 && perception[WAY[action]!] === 0) context.vote(action, weight * (0.5 + 0.5 * along / far));
  }
  return far;
}

/**
 * Where no berry is near, votes for the way back to the nearest larder that should be full again.
 *
 * @phase think
 */
export function revisit(context: GeneContext): void {
  const { perception } = context;
  for (let action = 0; action <= 4; action++) if (perception[FOOD[action]!]! > 0) return;
  const place = perception.row! * 64 + perception.column!;
  const target = chooseLarder(context, place);
  if (target < 0) return;
  const { longing } = context.parameters;
  const action = firstMove(context, place, target);
  if (action > 0) context.vote(action, longing!);
  else towards(context, target % 64, Math.floor(target / 64), longing!);
}

function chooseLarder(context: GeneContext, place: number): number {
  let best = -1;
  let nearest = Infinity;
  for (let i = context.recall("larders") - 1; i >= 0; i--) {
    const larder = context.recall(`at${i}`);
    const bare = context.recall(`bare${larder}`, -1);
    if (bare >= 0 && context.step - bare < context.parameters.patience!) continue;
    const far = Math.abs(larder % 64 - place % 64) + Math.abs(Math.floor(larder / 64) - Math.floor(place / 64));
    if (far > 0 && far < nearest) {
      nearest = far;
      best = larder;
    }
  }
  return best;
}

/** The move from a place that begins the shortest known path to another, or 0. The search runs backwards. */
function firstMove(context: GeneContext, from: number, to: number): number {
  const queue = [to];
  const reached = new Set(queue);
  for (let i = 0; i < queue.length && i < HORIZON; i++) {
    for (let action = 1; action <= 4; action++) {
      const next = queue[i]! - OFFSET[action]!;
      if (next === from) return action;
      if (reached.has(next) || context.recall(`seen${next}`) === 0) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return 0;
}

/**
 * Votes against moves into places that hurt before.
 *
 * @phase think
 */
export function avoidScar(context: GeneContext): void {
  const { perception } = context;
  const place = perception.row! * 64 + perception.column!;
  for (let action = 1; action <= 4; action++) {
    if (context.recall(`hurt${place + OFFSET[action]!}`) > 0) context.vote(action, -context.parameters.dread!);
  }
}
