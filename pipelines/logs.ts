/**
 * Shows the log of an agent.
 *
 * @module
 */

import { agentArgument, runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "logs",
  brief: "Shows what became of an agent's evaluations.",
  description:
    "Shows what became of an agent's evaluations: score, duration, and of those that failed how and in whose words. Waits " +
    "for nothing: it can be run while other steps are at work.",
  positional: agentArgument,
  flags: {
    lines: {
      kind: "parsed",
      parse: wholeNumber(0, 1_000_000),
      brief: "How many of the last lines to show.",
      placeholder: "n",
      default: "20",
    },
    follow: {
      kind: "boolean",
      brief: "Go on with new lines, until Ctrl-C or the agent's death.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { logs } = await import("../lib/steps/logs/logs.ts");
    return await logs(step, flags);
  },
});
