/**
 * What is to be expected of a genome that was chosen: what it does in worlds that nothing was chosen by.
 *
 * @module
 */

import { expectedOf } from "../../evaluation/expected.ts";
import type { Field, RunnableGenome, WorldSet } from "../../evaluation/field.ts";
import type { RaceControl, RaceReport } from "../../records/race.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { Played } from "../../selection/race.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";

/** What a race is run with. */
export interface Ground {
  readonly field: Field;
  /** Episodes: of each entrant of a race on average, and of what is judged after it. */
  readonly options: { readonly episodes: number; readonly test: number };
  readonly objective: Objective | undefined;
  readonly race: WorldSet;
  readonly test: WorldSet;
}

/** What a genome did in the worlds to test with; undefined where it failed, `unseen` where none of them is. */
export type Tested = Played | undefined | "unseen";

/** What a genome does in the worlds to test with, where these are unseen. */
export async function tested(ground: Ground, one: RunnableGenome): Promise<Tested> {
  return ground.test.worlds.isUnseen ? await played(ground, one) : "unseen";
}

/** What a genome does in the worlds to test with, seen or not; undefined where it failed. */
export async function played(
  { field, test, options }: Ground,
  one: RunnableGenome,
): Promise<Played | undefined> {
  const count = Number.isFinite(test.worlds.count) ? test.worlds.count : options.test;
  return await field.play(one, test, 0, count);
}

/** What is expected of the winner, or why nothing is. */
export function expectationOf(
  { field, objective }: Ground,
  { genomeHash }: RunnableGenome,
  found: Tested,
): Pick<RaceReport, "expected" | "unexpected"> {
  if (found === "unseen") return { expected: null, unexpected: "no unseen instance" };
  if (found === undefined) return { expected: null, unexpected: field.failures.get(genomeHash)! };
  return { expected: expectedOf(found, objective) };
}

/** How much more one has than another one in the same worlds, in the sense of the objective; null where either failed. */
export function gainOf(one: Tested, other: Tested): RaceControl["gain"] {
  if (!one || !other || one === "unseen" || other === "unseen") return null;
  return meanInterval(one.scores.map((score, i) => score - other.scores[i]!));
}
