import { runName, runStep } from "../lib/step/step.ts";

await runStep({
  name: "runs",
  brief: "Lists the runs of the project, or removes one.",
  description:
    "Lists the run at the top and those in runs/: template, cycles, living agents, the best of them, disk, and the " +
    "step at work. Waits for nothing.",
  creates: true,
  ownRuns: true,
  columns: ["run", "template", "cycles", "size", "value", "disk", "holder"],
  flags: {
    remove: {
      kind: "parsed",
      parse: runName,
      brief: "Remove the run of this name with all in its folder, unless it is in use.",
      placeholder: "name",
      optional: true,
    },
  },
  run: async ({ remove }, step) => {
    const { finishRemovals, removeRun } = await import("../lib/steps/runs/remove.ts");
    if (remove !== undefined) return await removeRun(step, remove);
    const finished = await finishRemovals();
    if (finished > 0) step.say(`finished removing ${finished} ${finished === 1 ? "run" : "runs"}.`);
    const { listRuns } = await import("../lib/steps/runs/runs.ts");
    return listRuns(step);
  },
});
