/**
 * A race: which of a few is best where each judgement is noisy.
 *
 * Successive rejects (Audibert, Bubeck and Munos 2010, "Best arm identification in multi-armed bandits"): all play the same
 * worlds; phase by phase the worst so far is rejected, and the others play on. So the most episodes go to those that are hard to
 * tell apart, and no setting has to be guessed.
 *
 * @module
 */

/** How many genomes of each source begin a final race, unless another number is asked for. */
export const raceEntrants = 8;

/** What an entrant did in some worlds: a score and a violation for each. */
export interface Played {
  readonly scores: readonly number[];
  readonly violations: readonly number[];
}

/** How an entrant came off. */
export interface Placed<T> {
  readonly entrant: T;
  /** Episodes that it played to the end; those of one that failed do not count. */
  readonly episodes: number;
  /** Means over them; null where it failed or played none. */
  readonly score: number | null;
  readonly violation: number;
  readonly hasFailed: boolean;
}

/** How a race is run. */
export interface RaceOptions<T> {
  /** Episodes of all entrants together, about: at least one of each. */
  readonly episodes: number;
  /** Phases end with a multiple of this many worlds, the nearest one: where episodes cost less than a group of them. @default 1 */
  readonly group?: number;
  /**
   * Has those that are left play the worlds from one place up to another one.
   *
   * @returns What each did, in their order; undefined where it failed.
   */
  play(entrants: readonly T[], from: number, to: number): Promise<readonly (Played | undefined)[]>;
}

/**
 * How many worlds each entrant has played at the end of each phase: `n_k` of the paper, for `K` entrants and a budget of `n`
 * evaluations. The sum over all entrants is at most that budget, or one each where that is more.
 */
export function phasesOf(entrants: number, budget: number): number[] {
  const n = Math.max(budget, entrants);
  let log = 0.5;
  for (let i = 2; i <= entrants; i++) log += 1 / i;
  return Array.from(
    { length: Math.max(0, entrants - 1) },
    (_, phase) => Math.max(1, Math.ceil((n - entrants) / (log * (entrants - phase)))),
  );
}

/**
 * Races entrants against each other. What fails is rejected; of equals the one that was named later is.
 *
 * @param entrants The one expected to be best first.
 * @returns All of them, the winner first, then the others, the last rejected first.
 */
export async function race<T>(
  entrants: readonly T[],
  { episodes, group = 1, play }: RaceOptions<T>,
): Promise<Placed<T>[]> {
  let left = entrants.map((entrant, position) => new Tally(entrant, position));
  const rejected: Tally<T>[] = [];
  let from = 0;
  for (const end of phasesOf(entrants.length, episodes)) {
    const to = Math.max(1, Math.round(end / group)) * group;
    const racing = left.filter(({ hasFailed }) => !hasFailed);
    if (to > from && racing.length > 1) {
      const played = await play(racing.map(({ entrant }) => entrant), from, to);
      racing.forEach((tally, i) => tally.add(played[i]));
      from = to;
    }
    left = left.sort(byMerit);
    rejected.push(left.pop()!);
  }
  return [...left, ...rejected.reverse()].map((tally) => tally.value);
}

class Tally<T> {
  readonly entrant: T;
  readonly position: number;
  hasFailed = false;
  #episodes = 0;
  #score = 0;
  #violation = 0;

  constructor(entrant: T, position: number) {
    this.entrant = entrant;
    this.position = position;
  }

  add(played: Played | undefined): void {
    if (!played) {
      this.hasFailed = true;
      return;
    }
    this.#episodes += played.scores.length;
    for (const score of played.scores) this.#score += score;
    for (const violation of played.violations) this.#violation += violation;
  }

  get score(): number {
    return this.#episodes === 0 ? 0 : this.#score / this.#episodes;
  }

  get violation(): number {
    return this.#episodes === 0 ? 0 : this.#violation / this.#episodes;
  }

  get value(): Placed<T> {
    const { entrant, hasFailed, score, violation } = this;
    const isKnown = !hasFailed && this.#episodes > 0;
    return { entrant, episodes: this.#episodes, score: isKnown ? score : null, violation, hasFailed };
  }
}

/** What breaks less before what breaks more, then by score, as in selection. */
function byMerit<T>(a: Tally<T>, b: Tally<T>): number {
  return Number(a.hasFailed) - Number(b.hasFailed) || a.violation - b.violation || b.score - a.score ||
    a.position - b.position;
}
