/**
 * Names the best genome of a run by a race, and tells what is to be expected of it.
 *
 * @module
 */

import { raceEntrants } from "../lib/selection/race.ts";
import { runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "race",
  brief: "Names the best genome of a run by a race, and tells what is to be expected of it.",
  description:
    "The best of the living, agents' best genomes and the archive are raced on worlds that no cycle uses; the winner " +
    "alone is then judged on worlds that nothing was chosen by, and beside it the best of the initial population. It " +
    "changes no agent and no score, so it can be run at any time.",
  workers: true,
  lock: true,
  idle: false,
  columns: ["place", "id", "source", "episodes", "score"],
  flags: {
    entrants: {
      kind: "parsed",
      parse: wholeNumber(1, 1000),
      brief: "Genomes at most of the living, of agents' bests, and of the archive, each.",
      default: String(raceEntrants),
      placeholder: "n",
    },
    episodes: {
      kind: "parsed",
      parse: wholeNumber(1, 10_000),
      brief: "Episodes for each genome in the race, on average.",
      default: "20",
      placeholder: "n",
    },
    test: {
      kind: "parsed",
      parse: wholeNumber(2, 100_000),
      brief: "Unseen episodes for the winner; all instances to test with in a world that is not noisy.",
      default: "200",
      placeholder: "n",
    },
    isolation: {
      kind: "enum",
      values: ["process", "bwrap"],
      brief: "How the processes are kept apart from the machine.",
      default: "process",
    },
    controls: {
      kind: "boolean",
      brief: "Judge beside the winner what random search with a race finds in as many episodes as the run has spent.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { race } = await import("../lib/steps/race/race.ts");
    return await race(step, flags);
  },
});
