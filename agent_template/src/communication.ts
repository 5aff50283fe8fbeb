/**
 * Tells others where food is, and goes where others say it is.
 *
 * A message is `[column, row, worth]`: where something was found, and how much. Walls and patches are the same for all
 * agents of an epoch, so that what one has found helps another in a later cycle
 * (after the dance of the bees: von Frisch 1967).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";
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
export function listen(context: GeneContext): void {
  let best = -1;
  let most = -Infinity;
  for (let i = 0; i < context.inbox.length; i++) {
    const { body } = context.inbox[i]!;
    if (body.length !== 3 || context.recall(`been${body[0]},${body[1]}`) > 0) continue;
    const far = distance(context, body[0]!, body[1]!);
    if (far <= 1) context.remember(`been${body[0]},${body[1]}`, 1);
    const worth = body[2]! - context.parameters.laziness! * far;
    if (far > 1 && worth > most) {
      most = worth;
      best = i;
    }
  }
  context.emit("goalColumn", best < 0 ? -1 : context.inbox[best]!.body[0]!);
  context.emit("goalRow", best < 0 ? -1 : context.inbox[best]!.body[1]!);
}

function distance(context: GeneContext, column: number, row: number): number {
  return Math.abs(column - context.perception.column!) + Math.abs(row - context.perception.row!);
}

/**
 * Where no berry is near, votes for the way to the place that was told.
 *
 * @phase think
 */
export function follow(context: GeneContext): void {
  const { perception } = context;
  const column = context.signal("goalColumn", -1);
  if (column < 0 || FOOD.some((name) => perception[name]! > 0)) return;
  towards(context, column, context.signal("goalRow"), context.parameters.trust!);
}

/**
 * Tells another agent of a place where several berries were eaten in a row.
 *
 * @phase learn
 */
export function tell(context: GeneContext): void {
  if (context.reward <= 0 || context.addresses === 0) return;
  const fresh = context.step - context.recall("last", -FIND) >= FIND;
  const berries = fresh ? 1 : context.recall("berries") + 1;
  context.remember("last", context.step);
  context.remember("berries", berries);
  if (
    berries < context.parameters.modesty! || context.recall("told") >= 2 || (berries - 1 >= context.parameters.modesty!)
  ) {
    return;
  }
  const told = context.recall("told");
  context.remember("told", told + 1);
  const { column, row } = context.perception;
  context.send((context.episode * 2 + told) % context.addresses, [column!, row!, berries]);
}
