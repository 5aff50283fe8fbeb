/**
 * The shipped strategies by name, and what each has a use for: so that a configuration can be checked before any is loaded.
 *
 * @module
 */

/** Options of the section `selection` that only some strategies have a use for. */
export const strategyOptions = [
  "tournamentSize",
  "elites",
  "replacementFraction",
  "mu",
  "descriptors",
  "layers",
  "race",
  "mates",
  "sterileParents",
] as const;

/** What a strategy says of itself. */
export interface StrategyTraits {
  /** Options of the section `selection` that have an effect on it. */
  readonly uses: readonly string[];
  /** Whether what it selects depends on fitness. */
  readonly byFitness: boolean;
  /** Whether agents whose energy has run out die: always, where `energy` is configured, or never. */
  readonly energy: "always" | "configured" | "never";
}

const births = ["mates", "sterileParents"];

/** A test holds them equal to what each strategy's own file says. */
export const shippedTraits = {
  "truncation-tournament": ranking("tournamentSize", "elites", "replacementFraction", "race", ...births),
  truncation: ranking("mu", "elites", "race", ...births),
  tournament: ranking("tournamentSize", "elites", "race", ...births),
  "mu-plus-lambda": ranking("mu", "race", ...births),
  "mu-comma-lambda": ranking("mu", "race", ...births),
  "one-plus-one": ranking("race", "sterileParents"),
  lexicase: ranking("elites", ...births),
  "map-elites": ranking("descriptors", ...births),
  alps: ranking("layers", "tournamentSize", "replacementFraction", "race", ...births),
  nsga2: { uses: births, byFitness: false, energy: "configured" },
  energy: { uses: births, byFitness: false, energy: "always" },
  none: { uses: ["replacementFraction", ...births], byFitness: false, energy: "never" },
} as const satisfies Readonly<Record<string, StrategyTraits>>;

/** A strategy that compares fitness. */
function ranking(...uses: string[]): StrategyTraits {
  return { uses, byFitness: true, energy: "configured" };
}

/** Names of the shipped strategies. */
export const strategyNames = Object.keys(shippedTraits) as readonly (keyof typeof shippedTraits)[];

/** Whether a strategy's name is the path of a module in `plugins/`. */
export function isPlugin(name: string): boolean {
  return /^plugins\/[A-Za-z0-9_./-]+\.ts$/.test(name);
}
