/**
 * How parents are drawn by lexicase selection.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import { pick } from "./random.ts";
import type { Candidate } from "./strategy.ts";

/** One case: how each candidate came off. */
export interface Case {
  /** More is better. */
  readonly values: readonly number[];
  /** How far each broke what must hold; infinite where it has no such episode. */
  readonly violations: readonly number[];
  /** How far below the best is still as good. */
  readonly epsilon: number;
}

/** Candidates that are the same in all cases. */
type Group = readonly number[];

/** What is left of all groups after some cases, and after one case more. */
interface Left {
  readonly groups: readonly number[];
  readonly after: Map<Case, Left>;
}

/** Up to so many cases what is left after two of them is remembered, of more what is left after one. */
const fewCases = 64;

/** Draws candidates by lexicase. */
export class Lexicase {
  readonly #groups: readonly Group[];
  /** Values by case, then by group. */
  readonly #cases: readonly Case[];
  readonly #all: Left;
  readonly #remembered: number;

  constructor(readonly parents: readonly Candidate[], cases: readonly Case[]) {
    const telling = cases.filter(({ values, violations }) => varies(values) || varies(violations));
    const key = (i: number) => telling.map(({ values, violations }) => `${values[i]} ${violations[i]}`).join();
    this.#groups = [...Map.groupBy(parents.keys(), key).values()];
    this.#all = { groups: [...this.#groups.keys()], after: new Map() };
    this.#remembered = telling.length > fewCases ? 1 : 2;
    const ofGroups = (all: readonly number[]) => this.#groups.map(([first]) => all[first!]!);
    this.#cases = telling.map(({ values, violations, epsilon }) => ({
      values: ofGroups(values),
      violations: ofGroups(violations),
      epsilon,
    }));
  }

  /** One of the parents. */
  readonly draw = (random: Random): Candidate => {
    let left = this.#all;
    const cases = [...this.#cases];
    for (let gone = 0; gone < cases.length && left.groups.length > 1; gone++) {
      const at = gone + Math.floor(random() * (cases.length - gone));
      const next = cases[at]!;
      cases[at] = cases[gone]!;
      left = gone < this.#remembered ? remembered(next, left) : bestOf(next, left);
    }
    const same = left.groups.length === 1
      ? this.#groups[left.groups[0]!]!
      : left.groups.flatMap((group) => this.#groups[group]!);
    return this.parents[pick(same, random)]!;
  };
}

function remembered(next: Case, left: Left): Left {
  let after = left.after.get(next);
  if (!after) left.after.set(next, after = bestOf(next, left));
  return after;
}

/** Those that are as good in a case as the best of them; what breaks less is better whatever it is worth. */
function bestOf({ values, violations, epsilon }: Case, { groups }: Left): Left {
  let least = Infinity, most = -Infinity;
  for (const one of groups) {
    if (violations[one]! > least) continue;
    most = Math.max(violations[one]! < least ? -Infinity : most, values[one]!);
    least = violations[one]!;
  }
  const still = groups.filter((one) => values[one]! >= most - epsilon && violations[one] === least);
  return { groups: still, after: new Map() };
}

function varies(values: readonly number[]): boolean {
  return values.some((one) => one !== values[0]);
}

/**
 * A case for each episode and objective.
 *
 * A case of whole numbers is compared exactly; of real ones the epsilon is the median of the absolute differences from
 * their median.
 */
export function casesOf(candidates: readonly Candidate[]): Case[] {
  const episodes = candidates.reduce((most, { trials }) => Math.max(most, trials.length), 0);
  const objectives = candidates[0]?.trials[0]?.objectives.length ?? 0;
  const cases: Case[] = [];
  for (let episode = 0; episode < episodes; episode++) {
    const violations = candidates.map(({ trials }) => trials[episode]?.violation ?? Infinity);
    for (let objective = 0; objective < objectives; objective++) {
      const values = candidates.map(({ trials }) => trials[episode]?.objectives[objective] ?? -Infinity);
      cases.push({ values, violations, epsilon: epsilonOf(values.filter((_, i) => violations[i] === 0)) });
    }
  }
  return cases;
}

function epsilonOf(values: readonly number[]): number {
  return values.every(Number.isInteger) ? 0 : deviation(values);
}

/** The median absolute deviation. */
function deviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((one) => Math.abs(one - middle)));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
