import { status } from "../lib/agents/status.ts";
import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "status",
  brief: "Shows the state of every agent, living and dead.",
  description:
    "Shows the state of every agent, living and dead. Waits for nobody: it can be run while other steps are at work.",
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
    "restsUntil",
    "parents",
    "genomeHash",
    "reason",
  ],
  run: (_flags, step) => Promise.resolve(status(step)),
});
