/**
 * Writes a template to begin with.
 *
 * @module
 */

import { BadValue, runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "new",
  brief: "Writes a template to begin with, where nothing is yet.",
  description: "It runs as it is, and says in comments what may be changed. Relative names count from where you stand.",
  creates: true,
  ownRuns: true,
  columns: ["folder"],
  positional: { placeholder: "name", brief: "Folder of the template.", minimum: 1, parse: templatePlace },
  flags: {
    contract: {
      kind: "boolean",
      brief: "Only write the contract's types into the folder of a template that is there.",
      default: false,
      withNegated: false,
    },
  },
  run: async ({ contract }, step) => {
    const { newTemplate, renewContract } = await import("../lib/steps/new/new.ts");
    return contract ? await renewContract(step) : await newTemplate(step);
  },
});

function templatePlace(text: string): string {
  // deno-lint-ignore no-control-regex -- just these are to be refused
  if (/[\x00-\x1f\x7f]/.test(text)) throw new BadValue("must be a path without control characters");
  return userPath(text);
}
