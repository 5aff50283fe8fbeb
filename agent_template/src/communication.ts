/**
 * Tells others where food is, and goes where others say it is.
 *
 * A message is `[column, row, worth]`: where something was found, and how much. Walls and patches are the same for all
 * agents of an epoch, so that what one has found helps another in a later cycle
 * (after the dance of the bees: von Frisch 1967).
 *
 * @module
 */

import type { Life } from "evolve/contract";
import { towards } from "./memory_graph.ts";

/** Weight of the votes, berries after which a place is told, and how much distance takes off a place's worth. */
export const parameters = {
  trust: { min: 0, max: 4, default: 1, scale: "linear" },
  modesty: { min: 1, max: 8, default: 3, scale: "linear" },
  laziness: { min: 0.01, max: 1, default: 0.1, scale: "log" },
} as const;

/** Berries that are eaten within so many steps belong to one find. */
const FIND = 12;
const FOOD = Object.freeze(["foodHere", "foodNorth", "foodEast", "foodSouth", "foodWest"]);

/**
 * Chooses the best of the places that it was told about and was not at yet, and gives it as the signals `goalColumn` and
 * `goalRow` (-1: none).
 *
 * @phase sense
 */
export function listen(life: Life): void {
  let best = -1;
  let most = -Infinity;
  for (let i = 0; i < life.inbox.length; i++) {
    const { body } = life.inbox[i]!;
    if (body.length !== 3 || life.recall(`been${body[0]},${body[1]}`) > 0) continue;
    const far = distance(life, body[0]!, body[1]!);
    if (far <= 1) life.remember(`been${body[0]},${body[1]}`, 1);
    const worth = body[2]! - life.parameters.laziness! * far;
    if (far > 1 && worth > most) {
      most = worth;
      best = i;
    }
  }
  life.emit("goalColumn", best < 0 ? -1 : life.inbox[best]!.body[0]!);
  life.emit("goalRow", best < 0 ? -1 : life.inbox[best]!.body[1]!);
}

function distance(life: Life, column: number, row: number): number {
  return Math.abs(column - life.perception.column!) + Math.abs(row - life.perception.row!);
}

/**
 * Where no berry is near, votes for the way to the place that was told.
 *
 * @phase think
 */
export function follow(life: Life): void {
  const { perception } = life;
  const column = life.signal("goalColumn", -1);
  if (column < 0 || FOOD.some((name) => perception[name]! > 0)) return;
  towards(life, column, life.signal("goalRow"), life.parameters.trust!);
}

/**
 * Tells another agent of a place where several berries were eaten in a row.
 *
 * @phase learn
 */
export function tell(life: Life): void {
  if (life.reward <= 0 || life.addresses === 0) return;
  const fresh = life.step - life.recall("last", -FIND) >= FIND;
  const berries = fresh ? 1 : life.recall("berries") + 1;
  life.remember("last", life.step);
  life.remember("berries", berries);
  if (berries < life.parameters.modesty! || life.recall("told") >= 2 || (berries - 1 >= life.parameters.modesty!)) {
    return;
  }
  const told = life.recall("told");
  life.remember("told", told + 1);
  const { column, row } = life.perception;
  life.send((life.episode * 2 + told) % life.addresses, [column!, row!, berries]);
}
