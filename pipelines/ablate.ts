/**
 * Tells what each gene of an agent is worth, and the smallest genome that keeps its score.
 *
 * @module
 */

import { bestArgument, finiteNumber, runStep, wholeNumber } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "ablate",
  brief: "Tells what each gene of an agent is worth, and the smallest genome that keeps its score.",
  description:
    "Each active gene is off in turn, in the same unseen worlds in which the whole genome is judged; then genes are left " +
    "out one after the other, by worlds of their own, as long as the score is kept. Parameters stay as they are. It " +
    "changes no agent and no score, so it can be run at any time.",
  workers: true,
  lock: true,
  idle: false,
  columns: ["gene", "phase", "verdict", "adjusted"],
  positional: bestArgument,
  flags: {
    test: {
      kind: "parsed",
      parse: wholeNumber(2, 100_000),
      brief: "Unseen episodes by which effects are judged; all instances to test with in a world that is not noisy.",
      default: "200",
      placeholder: "n",
    },
    episodes: {
      kind: "parsed",
      parse: wholeNumber(2, 100_000),
      brief: "Episodes by which it is decided what is left out; all training ones in a world that is not noisy.",
      default: "100",
      placeholder: "n",
    },
    margin: {
      kind: "parsed",
      parse: finiteNumber(0, 1e12),
      brief: "How much may be lost at most, in the unit of the score; absent: a twentieth of the genome's score.",
      placeholder: "score",
      optional: true,
    },
    fertile: {
      kind: "boolean",
      brief: "Leave the genes of births in, so that the smallest genome can have children.",
      default: false,
      withNegated: false,
    },
    out: {
      kind: "parsed",
      parse: userPath,
      brief: "Write the smallest genome into a new file, from which init takes it: --from FILE.",
      placeholder: "file",
      optional: true,
    },
    isolation: {
      kind: "enum",
      values: ["process", "bwrap"],
      brief: "How the processes are kept apart from the machine.",
      default: "process",
    },
  },
  run: async (flags, step) => {
    const { ablate } = await import("../lib/steps/ablate/ablate.ts");
    return await ablate(step, flags);
  },
});
