import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "sync-wiring",
  brief: "Makes the wiring of agents follow their genomes.",
  description: "Restores wiring that was edited, and brings gene files to a template that was renewed.",
  workers: true,
  stdin: true,
  lock: true,
  columns: ["id", "changed", "written"],
  run: async (_flags, step) => {
    const { syncWiring } = await import("../lib/steps/sync_wiring/sync_wiring.ts");
    return await syncWiring(step);
  },
});
