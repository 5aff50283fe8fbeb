/**
 * Shows the best agent, or one by its id.
 *
 * @module
 */

import { BadValue, bestArgument, runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

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
      parse: codePlace,
      brief: "Write one module for a program of your own, into a file, or to stdout: js or ts.",
      placeholder: "file.js|file.ts|js|ts",
      optional: true,
    },
  },
  run: async ({ code }, step) => {
    const { show } = await import("../lib/steps/show/show.ts");
    return await show(step, code);
  },
});

function codePlace(input: string): { readonly language: "js" | "ts"; readonly file?: string } {
  if (input === "js" || input === "ts") return { language: input };
  const [, ending] = /\.m?(js|ts)$/.exec(input) ?? [];
  if (ending === undefined) throw new BadValue("must be a file that ends in .js or .ts; or js or ts, for stdout");
  return { language: ending as "js" | "ts", file: userPath(input) };
}
