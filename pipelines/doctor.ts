/**
 * Checks what a run keeps on disk, and repairs what can be repaired.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "doctor",
  brief: "Checks what the run keeps on disk, and repairs what can be repaired from the listing.",
  description:
    "Checks what the run keeps on disk, and repairs what can be repaired from the listing. Whatever is in the way " +
    "is moved to workspace/quarantine. Exits 1 if something is left.",
  lock: true,
  idle: false,
  columns: ["id", "found", "action"],
  flags: {
    check: { kind: "boolean", brief: "Report only; exit 1 if anything is wrong.", default: false, withNegated: false },
  },
  run: async (flags, step) => {
    const { doctor } = await import("../lib/steps/doctor/doctor.ts");
    return await doctor(step, flags);
  },
});
