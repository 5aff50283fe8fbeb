/**
 * Works out what random search with a race finds at the run's own budget.
 *
 * @module
 */

import { runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "controls",
  brief: "Works out what random search with a race finds at the run's own budget, in memory.",
  description:
    "Random genomes of the run's template are judged as in its first cycle, and the best of them raced: for as many " +
    "episodes as the run has spent. It tells the genome and changes nothing; --controls of race judges it beside the " +
    "winner, and keeps what it comes to.",
  workers: true,
  keepsNothing: true,
  long: true,
  columns: ["budget", "episodes", "genomes", "lethal", "genomeHash"],
  flags: {
    budget: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000_000_000),
      brief: "Judged episodes; absent: as many as the run has spent, those of its last final race among them.",
      placeholder: "episodes",
      optional: true,
    },
  },
  run: async ({ budget }, step) => {
    const { controls } = await import("../lib/steps/controls/controls.ts");
    return await controls(step, budget);
  },
});
