/**
 * Gives what the best agent has found, or one by its id.
 *
 * @module
 */

import { bestArgument, runStep } from "../lib/step/step.ts";

await runStep({
  name: "answers",
  brief: "Gives what the best agent, or one by its id, has found in each episode.",
  description:
    "What it did is played again, and the world's answer() says what was found. Waits for nothing: it can be " +
    "run while other steps are at work.",
  formats: ["csv"],
  columns: ["cycle", "episode", "instance", "score", "answer"],
  positional: bestArgument,
  run: async (_flags, step) => {
    const { answers } = await import("../lib/steps/answers/answers.ts");
    return await answers(step);
  },
});
