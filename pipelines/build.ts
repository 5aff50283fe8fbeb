/**
 * Links, checks, bundles and signs the agents that have changed.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "build",
  brief: "Links, checks, bundles and signs the agents that have changed.",
  description:
    "Links, type-checks, bundles and signs the agents whose wiring was not built yet, once for each distinct " +
    "content. An agent that can't be built is disabled with the reason.",
  workers: true,
  stdin: true,
  lock: true,
  columns: ["id", "ok", "cached", "buildHash", "issue"],
  flags: {
    dist: {
      kind: "boolean",
      brief: "Also write a copy of each agent's artifact into its folder, as dist/main.js.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { build } = await import("../lib/steps/build/build.ts");
    return await build(step, flags);
  },
});
