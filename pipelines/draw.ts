/**
 * Draws what the best agent did, for the report.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "draw",
  brief: "Draws what the best agent did, for the report.",
  description:
    "Writes workspace/reports/replay.json: frames by the template's view.ts, which the next report embeds. Waits " +
    "for nothing: it can be run while other steps are at work.",
  flags: {
    isolation: {
      kind: "enum",
      values: ["process", "bwrap"],
      brief: "How the processes are kept apart from the machine.",
      default: "process",
    },
  },
  run: async ({ isolation }, step) => {
    const { drawBest } = await import("../lib/steps/replay/draw_best.ts");
    return await drawBest(step, isolation);
  },
});
