/**
 * Problems of which it is known how long the (1+1) evolutionary algorithm takes for them, and how often each is run. It was fixed
 * before the runs.
 *
 * @module
 */

/** A problem. */
export interface Problem {
  /** Its name, and that of its environment in `bits/world.ts`. */
  readonly name: string;
  /** Number of its bits. */
  readonly length: number;
  /** The largest value. */
  readonly most: number;
  /** Mean number of births until that is found, from a uniformly random genome: exact. */
  readonly births: number;
  /** How far the mean may be from it, as a share of it. */
  readonly margin: number;
  /** Runs: they show a mean that is right to be within the margin in 90 of 100 cases. */
  readonly runs: number;
}

/**
 * The means of OneMax and Jump are those of the Markov chain of the number of ones; that of LeadingOnes is Theorem 3 of Böttcher,
 * Doerr and Neumann (2010, "Optimal fixed and adaptive mutation rates for the LeadingOnes problem").
 */
export const problems: readonly Problem[] = [
  { name: "onemax-50", length: 50, most: 50, births: 443.19, margin: 0.05, runs: 610 },
  { name: "onemax-100", length: 100, most: 100, births: 1069.54, margin: 0.05, runs: 440 },
  { name: "leadingones-50", length: 50, most: 50, births: 2138.8, margin: 0.05, runs: 280 },
  { name: "jump2-20", length: 20, most: 22, births: 1061.4, margin: 0.1, runs: 900 },
];
