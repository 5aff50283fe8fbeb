/**
 * Tells what became of an agent, and why.
 *
 * @module
 */

import { agentArgument, runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "explain",
  brief: "Tells what became of an agent, and why.",
  description:
    "Tells in order why an agent was created or born, built or refused, ended, backed off, disabled and enabled, " +
    "how it ranked, whose parent it was and why it died. Waits for nothing: it can be run while other steps are at work.",
  columns: ["cycle", "event", "reason"],
  positional: agentArgument,
  flags: {
    since: {
      kind: "parsed",
      parse: wholeNumber(0, 1_000_000_000),
      brief: "First cycle to tell of.",
      placeholder: "cycle",
      default: "0",
    },
  },
  run: async (flags, step) => {
    const { explain } = await import("../lib/steps/explain/explain.ts");
    return explain(step, flags);
  },
});
