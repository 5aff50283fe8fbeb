/**
 * Genomes made by hand for the environments of the default template.
 *
 * @module
 */

import type { Chosen, Environment } from "./made_template.ts";

/** Genes and parameters of a genome. */
export interface Recipe {
  readonly genes: Chosen;
  readonly values: Readonly<Record<string, number>>;
}

const rules = ["eatRule", "approachRule", "avoidRule"];
const nose = { "neural.smell": 5.5, "neural.seek": 0.5, "neural.shun": 0.3 };

/** A good genome for the default environment. */
export const valley: Recipe = {
  genes: {
    symbolic: ["eatRule", "approachRule"],
    fsm: ["decide", "switchMode", "keepStill", "keepHeading"],
    neural: ["steer"],
    rl: ["reinforce"],
    curiosity: ["explore"],
  },
  values: {
    ...nose,
    "fsm.alarmed": 0.2,
    "fsm.stillness": 2.5,
    "fsm.inertia": 0.9,
    "rl.learningRate": 0.7,
  },
};

/** For each gene file that pays within an evaluation, an environment and a genome that is worse without it. */
export const worth: Readonly<Record<string, { readonly environment: Environment } & Recipe>> = {
  symbolic: {
    environment: "thicket",
    genes: { symbolic: rules, fsm: ["decide"], neural: ["steer"], rl: ["advise", "reinforce"] },
    values: nose,
  },
  neural: {
    environment: "meadow",
    genes: { symbolic: rules, fsm: ["decide"], neural: ["steer", "train"] },
    values: nose,
  },
  rl: {
    environment: "orchard",
    genes: { symbolic: rules, fsm: ["decide"], rl: ["reinforce"], curiosity: ["countVisits", "explore"] },
    values: { "rl.learningRate": 0.7 },
  },
  memory_graph: {
    environment: "maze",
    genes: {
      symbolic: rules,
      fsm: ["decide"],
      curiosity: ["countVisits", "explore"],
      memory_graph: ["notePlace", "revisit", "towards"],
    },
    values: {},
  },
  curiosity: {
    environment: "maze",
    genes: {
      symbolic: rules,
      fsm: ["decide"],
      curiosity: ["countVisits", "explore"],
      memory_graph: ["notePlace", "revisit", "towards"],
    },
    values: {},
  },
  fsm: {
    environment: "coast",
    genes: {
      symbolic: rules,
      fsm: ["decide", "switchMode", "keepStill"],
      neural: ["steer"],
      rl: ["choose"],
    },
    values: { ...nose, "rl.epsilon": 0.001 },
  },
  hormones: {
    environment: "moor",
    genes: {
      symbolic: rules,
      fsm: ["decide", "switchMode", "keepStill"],
      neural: ["steer"],
      hormones: ["adrenaline"],
    },
    values: { ...nose, "hormones.arousal": 0.25, "fsm.alarmed": 0.45 },
  },
};

/** A genome that tells and follows, for the dark. */
export const messenger: Recipe = {
  genes: {
    symbolic: rules,
    fsm: ["decide", "keepHeading"],
    curiosity: ["countVisits", "explore"],
    memory_graph: ["towards"],
    communication: ["tell", "listen", "follow"],
  },
  values: { "communication.trust": 2 },
};

/** A genome that acts much at random, and can find out by itself that less is better. */
export const learner: Recipe = {
  genes: { symbolic: rules, rl: ["choose"], neural: ["steer"], meta: ["goBack", "tryChange", "tuneRates"] },
  values: {
    ...nose,
    "rl.epsilon": 0.45,
    "meta.patience": 2,
    "meta.tolerance": 0,
    "meta.boldness": 0.5,
    "meta.breadth": 1,
  },
};

/** A genome that walks at random, and smells nothing unless a descendant switches that on. */
export const founder: Recipe = {
  genes: { symbolic: rules, fsm: ["decide"], hormones: ["cortisol"], communication: ["tell"] },
  values: { ...nose, "selfmod.flips": 1.5 },
};

/** Genes and parameters without one file. */
export function without(file: string, { genes, values }: Recipe): Recipe {
  return { genes: Object.fromEntries(Object.entries(genes).filter(([name]) => name !== file)), values };
}
