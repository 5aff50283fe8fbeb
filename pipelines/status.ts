import { status } from "../lib/steps/status/status.ts";
import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "status",
  brief: "Shows the state of every agent, alive and dead.",
  description:
    "Shows the state of every agent, alive and dead. Waits for nothing: it can be run while other steps are at work.",
  stdin: true,
  columns: [
    "id",
    "status",
    "generation",
    "age",
    "score",
    "energy",
    "last",
    "ms",
    "crashes",
    "backoffUntilCycle",
    "pid",
    "up",
    "restarts",
    "cpu",
    "memory",
    "parents",
    "genomeHash",
    "reason",
  ],
  flags: {
    residents: {
      kind: "boolean",
      brief: "Tell of residents' processes as well, which a table does anyway.",
      default: false,
      withNegated: false,
    },
  },
  run: (flags, step) => Promise.resolve(status(step, flags)),
});
