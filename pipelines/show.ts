/**
 * Shows the best agent, or one by its id.
 *
 * @module
 */

import { BadValue, bestArgument, runStep } from "../lib/step/step.ts";

await runStep({
  name: "show",
  brief: "Shows the best agent, or one by its id: genes, parameters, source, parents, results.",
  description:
    "Shows the genome that earned the agent's score. Waits for nothing: it can be run while other steps are " +
    "at work.",
  formats: ["md"],
  formatOf: ({ code }) => code && "code",
  positional: bestArgument,
  flags: {
    code: {
      kind: "parsed",
      parse: language,
      brief: "Write one module for a program of your own to stdout, in JavaScript or TypeScript.",
      placeholder: "js|ts",
      optional: true,
    },
  },
  run: async ({ code }, step) => {
    const { show } = await import("../lib/steps/show/show.ts");
    return await show(step, code);
  },
});

function language(input: string): "js" | "ts" {
  if (input === "js" || input === "ts") return input;
  const [, ending] = /\.m?(js|ts)$/.exec(input) ?? [];
  if (ending === undefined) throw new BadValue("must be js or ts");
  throw new BadValue(`must be js or ts, since the module goes to stdout, as in "--code ${ending} > ${input}"`);
}
