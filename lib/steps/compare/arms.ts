/**
 * What evolution is compared with.
 *
 * @module
 */

/** The arms, each with what it does, in the order in which they are shown. */
export const arms = {
  evolved: "the configuration, then a race among the best",
  random: "random genomes, each judged as in the first cycle, then a race among the best",
  "best-of-n": "as many random genomes as the population has agents, the whole budget shared out evenly",
  drift: "as evolved, but with the selection none",
  "one-plus-one": "the (1+1) evolutionary algorithm, without a race",
  all: "all genes at their defaults",
  "hand-made": "the genome in the template's reference.json",
  "warm-start": "as evolved, with the hand-made genome in a tenth of the first agents; only where it is asked for",
} as const;

/** Name of an arm. */
export type ArmName = keyof typeof arms;

/** All names. */
export const armNames = Object.keys(arms) as readonly ArmName[];

/** The arm that the others are compared with. */
export const reference = "evolved" satisfies ArmName;
