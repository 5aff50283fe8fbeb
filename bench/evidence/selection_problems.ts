/**
 * What selection and drift do to a population without variation: problems of which the answer is known exactly, and how often each
 * is run. It was fixed before the runs.
 *
 * @module
 */

/** What is to be known of each problem. */
interface SelectionProblem {
  readonly name: string;
  /** Agents of the population. */
  readonly size: number;
  /** How many cycles are run; in a problem of takeover as many as one in a million runs would need. */
  readonly cycles: number;
  /** How far the mean may be from theory, as a share of that. */
  readonly margin: number;
  /** Runs: they show a mean that is right to be within the margin in 90 of 100 cases. */
  readonly runs: number;
}

/** How much of its variety a population keeps by chance alone. */
export interface DriftProblem extends SelectionProblem {
  readonly kind: "drift";
  /** Agents that die in each cycle. */
  readonly replaced: number;
}

/** How long it takes until copies of one genome that is better than all others are the whole population. */
export interface TakeoverProblem extends SelectionProblem {
  readonly kind: "takeover";
  /** How many meet in a tournament; absent: it is truncation. */
  readonly tournament?: number;
  /** How many are parents; absent: it is tournaments. */
  readonly mu?: number;
}

/** The problems. */
export const selectionProblems: readonly (DriftProblem | TakeoverProblem)[] = [
  { kind: "drift", name: "drift-20", size: 100, replaced: 30, cycles: 20, margin: 0.01, runs: 220 },
  { kind: "drift", name: "drift-40", size: 40, replaced: 12, cycles: 40, margin: 0.1, runs: 176 },
  { kind: "takeover", name: "tournament-2", size: 50, tournament: 2, cycles: 20, margin: 0.05, runs: 100 },
  { kind: "takeover", name: "tournament-4", size: 50, tournament: 4, cycles: 12, margin: 0.05, runs: 60 },
  { kind: "takeover", name: "truncation-25", size: 50, mu: 25, cycles: 14, margin: 0.05, runs: 125 },
  { kind: "takeover", name: "truncation-10", size: 50, mu: 10, cycles: 10, margin: 0.05, runs: 40 },
];

/** What theory expects of a problem. */
export function expectedOf(problem: DriftProblem | TakeoverProblem): number {
  return problem.kind === "drift" ? heterozygosity(problem) : takeover(problem.size, shareOf(problem));
}

/**
 * The chance that two agents have different genomes, where at first all have.
 *
 * In each cycle `replaced` of the `size` agents die by lot, and each place goes to a copy of one that is left, drawn by lot: a
 * model of Cannings (1974, "The latent roots of certain Markov chains arising in genetics: a new approach, I"), between that of
 * Moran, where one is replaced, and that of Wright and Fisher. Two agents of the next cycle have one parent of the present one
 * with the chance 1 / left, unless both are of those that are left; so heterozygosity falls by a constant factor, just as with
 * an effective size of 1 / (1 - factor).
 */
export function heterozygosity({ size, replaced, cycles }: Pick<DriftProblem, "size" | "replaced" | "cycles">): number {
  const left = size - replaced;
  const areBothLeft = left * (left - 1) / (size * (size - 1));
  return (1 - (1 - areBothLeft) / left) ** cycles;
}

/**
 * The chance that the best genome is the parent of a child where it has some of the places: of tournaments by Goldberg and Deb
 * (1991, "A comparative analysis of selection schemes used in genetic algorithms"), of truncation as long as it has not all
 * places of parents.
 */
export function shareOf({ size, tournament, mu }: Pick<TakeoverProblem, "size" | "tournament" | "mu">) {
  return (copies: number): number =>
    tournament === undefined ? Math.min(1, copies / mu!) : 1 - (1 - copies / size) ** tournament;
}

/**
 * The mean number of generations until one genome has all places, of which one stays with it in each generation, as it is the
 * only elite, and the children draw their parents independently: the others that it has are binomial.
 *
 * It is the exact mean of that Markov chain, not what Goldberg and Deb approximate it by, (ln n + ln ln n) / ln s of tournaments
 * of s among n.
 *
 * @param share The chance that it is a child's parent, by the places that it has.
 */
export function takeover(size: number, share: (copies: number) => number): number {
  // A row for each number of places but all: its chances of the others, subtracted from one of itself, and a generation.
  const rows = Array.from({ length: size - 1 }, (_, i) => {
    const chances = binomial(size - 1, share(i + 1));
    return [...Array.from({ length: size - 1 }, (_, j) => Number(i === j) - chances[j]!), 1];
  });
  return solved(rows)[0]!;
}

/** The chances of 0, 1, … of so many independent events. */
function binomial(count: number, chance: number): number[] {
  let chances = [1];
  for (let i = 0; i < count; i++) {
    chances = Array.from(
      { length: chances.length + 1 },
      (_, k) => (chances[k] ?? 0) * (1 - chance) + (chances[k - 1] ?? 0) * chance,
    );
  }
  return chances;
}

/** The solution of linear equations, each its coefficients and its value, by elimination with pivots (Gauss). */
function solved(rows: number[][]): number[] {
  const n = rows.length;
  for (let at = 0; at < n; at++) {
    const pivot = rows.slice(at).reduce((best, row) => Math.abs(row[at]!) > Math.abs(best[at]!) ? row : best);
    rows[rows.indexOf(pivot)] = rows[at]!;
    rows[at] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[at]! / pivot[at]!;
      for (let i = at; i <= n; i++) row[i]! -= factor * pivot[i]!;
    }
  }
  return rows.map((row, at) => row[n]! / row[at]!);
}
