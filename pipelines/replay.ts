/**
 * Replays an evaluation of the best agent, or of one by its id.
 *
 * @module
 */

import { BadValue, bestArgument, runStep, wholeNumber } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "replay",
  brief: "Replays an evaluation of the best agent, or of one by its id.",
  description:
    "What the agent did is judged again, and its program is run again with what it was given. Exit code 0 where all " +
    "is the same, 3 where something differs, 4 where it is forgotten, 5 where it was run by another runtime. Waits " +
    "for nothing: it can be run while other steps are at work.",
  positional: bestArgument,
  flags: {
    cycle: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000_000),
      brief: "The cycle in which it was judged; absent: the last one that its score is of.",
      placeholder: "n",
      optional: true,
    },
    trace: {
      kind: "boolean",
      brief: "Tell of each step: what was perceived, what each gene did with it, and what that was worth.",
      default: false,
      withNegated: false,
    },
    view: {
      kind: "parsed",
      parse: viewPlace,
      brief: "Draw it, by the template's view.ts, into a page that plays it, or the last frame into a picture.",
      placeholder: "file.html|file.svg",
      optional: true,
    },
    isolation: {
      kind: "enum",
      values: ["process", "bwrap"],
      brief: "How the processes are kept apart from the machine.",
      default: "process",
    },
  },
  run: async ({ cycle, isolation, trace, view }, step) => {
    const { replay } = await import("../lib/steps/replay/replay.ts");
    return await replay(step, { cycle, isolation, trace, view });
  },
});

function viewPlace(input: string): { readonly format: "html" | "svg"; readonly file: string } {
  const [, format] = /\.(html|svg)$/.exec(input) ?? [];
  if (format === undefined) throw new BadValue("must be a file that ends in .html or .svg");
  return { format: format as "html" | "svg", file: userPath(input) };
}
