/**
 * Decides which agents die and which genomes are copied into a new folder, and closes the cycle.
 *
 * @module
 */

import { strategyNames } from "../lib/run/strategy_names.ts";
import { strategyText } from "../lib/steps/select/strategy_flag.ts";
import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "select",
  brief: "Decides which agents die and which genomes are handed on, and closes the cycle.",
  stdin: true,
  lock: true,
  columns: ["type", "id", "reason", "generation", "parents"],
  flags: {
    selection: {
      kind: "parsed",
      parse: strategyText,
      brief: `Strategy: ${strategyNames.join(", ")}, or a module in plugins/; default: as configured.`,
      optional: true,
      placeholder: "strategy",
    },
    check: {
      kind: "boolean",
      brief: "Select nothing: load what the configuration names, as a chain does before it begins.",
      default: false,
      withNegated: false,
      hidden: true,
    },
  },
  run: async ({ check, ...flags }, step) => {
    if (check) {
      const { checkRun } = await import("../lib/steps/select/check.ts");
      return await checkRun(step, flags);
    }
    const { select } = await import("../lib/steps/select/select.ts");
    return await select(step, flags);
  },
});
