/**
 * The choice among a few genomes.
 *
 * @module
 */

/** What a genome came to in some worlds; undefined where an evaluation failed. */
export type Result = { readonly score: number; readonly violation: number } | undefined;

/** What is raced. */
export interface Race<T> {
  /** Best first, as far as that is known. */
  readonly entrants: readonly T[];
  /** Episodes that it may take. */
  readonly budget: number;
  /** How many worlds there are. */
  readonly worlds: number;
  /** Means of genomes over the worlds from one up to another one. */
  judge(entrants: readonly T[], from: number, to: number): readonly Result[];
}

/** What came of it. */
export interface Raced<T> {
  /** Absent where all have failed, or there was none. */
  readonly winner?: T;
  readonly episodes: number;
}

interface Entrant<T> {
  readonly one: T;
  score: number;
  violation: number;
}

/**
 * Sequential halving (Karnin, Koren and Somekh 2013, "Almost optimal exploration in multi-armed bandits"): in each of as many
 * rounds as there are halvings to one, an equal part of the budget is shared out among those that are left, all in the same
 * worlds, and the better half by all worlds so far stays. What fails is out.
 */
export function raced<T>({ entrants, budget, worlds, judge }: Race<T>): Raced<T> {
  let left: Entrant<T>[] = entrants.map((one) => ({ one, score: 0, violation: 0 }));
  let episodes = 0, from = 0;
  for (let rounds = Math.ceil(Math.log2(left.length)); rounds > 0 && left.length > 1; rounds--) {
    const each = Math.floor((budget - episodes) / rounds / left.length);
    const to = Math.min(worlds, from + each);
    if (to > from) {
      const results = judge(left.map(({ one }) => one), from, to);
      episodes += (to - from) * left.length;
      left = left.filter((entrant, i) => add(entrant, results[i], from, to)).sort(byMeans);
      from = to;
    }
    left = left.slice(0, Math.ceil(left.length / 2));
  }
  return { ...(left.length > 0 && { winner: left[0]!.one }), episodes };
}

/** Adds what an entrant came to; whether it did not fail. */
function add(entrant: Entrant<unknown>, result: Result, from: number, to: number): boolean {
  if (!result) return false;
  entrant.score += (result.score - entrant.score) * (to - from) / to;
  entrant.violation += (result.violation - entrant.violation) * (to - from) / to;
  return true;
}

/** What breaks less first, of that what scores more; the sort keeps the order of equals. */
function byMeans(a: Entrant<unknown>, b: Entrant<unknown>): number {
  return a.violation - b.violation || b.score - a.score;
}
