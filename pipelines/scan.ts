import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "scan",
  brief: "Finds agents whose genome or code has changed.",
  description: "Opens a cycle when the last one is closed. Reads agents' files and writes none of them.",
  workers: true,
  stdin: true,
  lock: true,
  columns: ["id", "changed", "genomeHash", "codeHash"],
  run: async (_flags, step) => {
    const { scan } = await import("../lib/steps/scan/scan.ts");
    return await scan(step);
  },
});
