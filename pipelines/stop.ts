/**
 * Ends what is running.
 *
 * @module
 */

import { finiteNumber, runStep } from "../lib/step/step.ts";

await runStep({
  name: "stop",
  brief: "Ends the lifecycle or the step that is running, and all residents, gently.",
  description:
    "Ends the lifecycle or the step that is running: asks it to save its work and end, waits for that, and ends " +
    "it by force if it takes too long. Then ends all residents of the run, whatever started them. The next run goes on " +
    "from what is saved.",
  stdin: true,
  columns: ["stopped", "pid", "since", "forced"],
  flags: {
    gracePeriod: {
      kind: "parsed",
      parse: finiteNumber(0, 3600),
      brief: "Seconds after which it is ended by force.",
      placeholder: "seconds",
      default: "60",
    },
  },
  run: async (flags, step) => {
    const { stop } = await import("../lib/steps/stop/stop.ts");
    return await stop(step, flags.gracePeriod * 1000);
  },
});
