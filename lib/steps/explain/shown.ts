/**
 * Numbers and ids as far as people need them.
 *
 * @module
 */

import { objectiveValue, scoreName } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { shownText } from "../../util/text.ts";

/** A score by what the world calls it, such as `score 2.5`. */
export function scoreText(score: number, objective: Objective | undefined): string {
  return `${scoreName(objective)} ${shown(objectiveValue(score, objective))}`;
}

/** A number for people, with four digits that count. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** An evaluator's name, which is what it says of itself. */
export function evaluatorName(name: string): string {
  return shownText(name, 64);
}

/** The first digits of an id or a hash, as far as people need them. */
export function short(id: string): string {
  return id.slice(0, 8);
}
