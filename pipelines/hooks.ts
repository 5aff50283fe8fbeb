/**
 * Delivers the events of a run to its log and to its hooks.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "hooks",
  brief: "Delivers events to logs/events.ndjson and to the commands, webhooks and modules of the configuration.",
  lock: true,
  columns: ["number", "event", "cycle", "id", "to"],
  flags: {
    retryDead: {
      kind: "boolean",
      brief: "Give the events in logs/dead-letters.ndjson to their hooks again.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { deliver } = await import("../lib/steps/hooks/deliver.ts");
    return await deliver(step, flags);
  },
});
