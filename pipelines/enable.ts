/**
 * Makes disabled agents active again.
 *
 * @module
 */

import { enable } from "../lib/steps/enable/enable.ts";
import { BadValue, runStep } from "../lib/step/step.ts";

await runStep({
  name: "enable",
  brief: "Makes disabled agents active again.",
  description:
    "Makes disabled agents active again, with their crashes forgotten. An agent whose genome or code is still " +
    "bad is disabled again by the step that finds it so.",
  lock: true,
  columns: ["id", "enabled"],
  positional: {
    placeholder: "id",
    brief: "Ids of agents, as `deno task status` shows them, or how they begin.",
    minimum: 1,
    parse: (text) => {
      if (text === "" || text.length > 128) throw new BadValue("must be the id of an agent, or how one begins");
      return text;
    },
  },
  run: (_flags, step) => Promise.resolve(enable(step, step.args)),
});
