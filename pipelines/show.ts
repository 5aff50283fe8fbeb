/**
 * Shows the best agent, or one by its id.
 *
 * @module
 */

import { bestArgument, runStep } from "../lib/step/step.ts";

await runStep({
  name: "show",
  brief: "Shows the best agent, or one by its id: genes, parameters, source, parents, results.",
  description:
    "Shows the genome that earned the agent's score. Waits for nothing: it can be run while other steps are " +
    "at work.",
  formats: ["md"],
  positional: bestArgument,
  run: async (_flags, step) => {
    const { show } = await import("../lib/steps/show/show.ts");
    return await show(step);
  },
});
