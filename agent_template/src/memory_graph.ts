/**
 * A map of the places that were seen, and paths over it.
 *
 * Places are nodes, and neighbours that were both walked on are joined; a path is found by breadth-first search
 * (Moore 1959, "The shortest path through a maze"). Larders are places where a berry was, which grows again.
 *
 * @module
 */

import type { Life } from "evolve/contract";

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
export function notePlace(life: Life): void {
  const { perception } = life;
  const place = perception.row! * 64 + perception.column!;
  if (perception.hurt! >= 1 && life.lastAction > 0 && life.lastAction < 5) life.remember(`hurt${place}`, 1);
  if (life.recall(`seen${place}`) === 0) life.remember(`seen${place}`, 1);
  for (let action = 0; action <= 4; action++) {
    const colour = perception[FOOD[action]!]!;
    if (colour > 0 && life.signal(TASTE[colour]!, 1) > 0) noteLarder(life, place + OFFSET[action]!);
  }
  if (perception.foodHere === 0 && life.recall(`larder${place}`) > 0) emptyLarder(life, place);
}

/** Keeps a list of larders: `at0`, `at1` … are their places, `larder…` their number from 1, `bare…` when found bare. */
function noteLarder(life: Life, place: number): void {
  if (life.recall(`larder${place}`) === 0) {
    const count = life.recall("larders");
    life.remember(`at${count}`, place);
    life.remember(`larder${place}`, count + 1);
    life.remember("larders", count + 1);
  }
  life.remember(`bare${place}`, -1);
}

function emptyLarder(life: Life, place: number): void {
  if (life.recall(`bare${place}`, -1) < 0) life.remember(`bare${place}`, life.step);
  else if (life.step - life.recall(`bare${place}`) > life.parameters.patience!) {
    life.remember(`bare${place}`, life.step);
  }
}

/**
 * Votes for the moves that lead straight to a place and are free.
 *
 * @returns The distance in steps.
 */
export function towards(life: Life, column: number, row: number, weight: number): number {
  const { perception } = life;
  const dx = column - perception.column!, dy = row - perception.row!;
  const far = Math.abs(dx) + Math.abs(dy);
  if (far === 0) return 0;
  for (let action = 1; action <= 4; action++) {
    const along = action === 1 ? -dy : action === 2 ? dx : action === 3 ? dy : -dx;
    if (along > 0 && perception[WAY[action]!] === 0) life.vote(action, weight * (0.5 + 0.5 * along / far));
  }
  return far;
}

/**
 * Where no berry is near, votes for the way back to the nearest larder that should be full again.
 *
 * @phase think
 */
export function revisit(life: Life): void {
  const { perception } = life;
  for (let action = 0; action <= 4; action++) if (perception[FOOD[action]!]! > 0) return;
  const place = perception.row! * 64 + perception.column!;
  const target = chooseLarder(life, place);
  if (target < 0) return;
  const { longing } = life.parameters;
  const action = firstMove(life, place, target);
  if (action > 0) life.vote(action, longing!);
  else towards(life, target % 64, Math.floor(target / 64), longing!);
}

function chooseLarder(life: Life, place: number): number {
  let best = -1;
  let nearest = Infinity;
  for (let i = life.recall("larders") - 1; i >= 0; i--) {
    const larder = life.recall(`at${i}`);
    const bare = life.recall(`bare${larder}`, -1);
    if (bare >= 0 && life.step - bare < life.parameters.patience!) continue;
    const far = Math.abs(larder % 64 - place % 64) + Math.abs(Math.floor(larder / 64) - Math.floor(place / 64));
    if (far > 0 && far < nearest) {
      nearest = far;
      best = larder;
    }
  }
  return best;
}

/** The move from a place that begins the shortest known path to another, or 0. The search runs backwards. */
function firstMove(life: Life, from: number, to: number): number {
  const queue = [to];
  const reached = new Set(queue);
  for (let i = 0; i < queue.length && i < HORIZON; i++) {
    for (let action = 1; action <= 4; action++) {
      const next = queue[i]! - OFFSET[action]!;
      if (next === from) return action;
      if (reached.has(next) || life.recall(`seen${next}`) === 0) continue;
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
export function avoidScar(life: Life): void {
  const { perception } = life;
  const place = perception.row! * 64 + perception.column!;
  for (let action = 1; action <= 4; action++) {
    if (life.recall(`hurt${place + OFFSET[action]!}`) > 0) life.vote(action, -life.parameters.dread!);
  }
}
