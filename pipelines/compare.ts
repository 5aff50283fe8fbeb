/**
 * Compares evolution with what it is to beat.
 *
 * @module
 */

import { type ArmName, armNames, arms } from "../lib/steps/compare/arms.ts";
import { BadValue, positiveNumber, runStep, wholeNumber } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";
import { Misuse } from "../lib/util/issue.ts";
import { nearest } from "../lib/util/nearest.ts";

await runStep({
  name: "compare",
  brief: "Compares evolution with random search, drift and others at an equal number of judged episodes.",
  description:
    "Runs all arms in memory, for each of some seeds, and judges what each has chosen on worlds that none has seen: " +
    "means with intervals, differences by paired tests, and what is not shown. Nothing is kept.\n\nArms: " +
    Object.entries(arms).map(([name, what]) => `${name} (${what})`).join("; ") + ".",
  creates: true,
  keepsNothing: true,
  workers: true,
  long: true,
  formats: ["md", "html"],
  flags: {
    template: {
      kind: "parsed",
      parse: userPath,
      brief: "Folder of the template; absent: that of the run, where there is none agent_template.",
      placeholder: "folder",
      optional: true,
    },
    budget: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000_000),
      brief: "Judged episodes of each run of an arm: those of its search and of its choice.",
      placeholder: "episodes",
      optional: true,
    },
    from: {
      kind: "parsed",
      parse: userPath,
      brief: "Run nothing: tell of the comparison whose records are in this file, by --format table, md or html.",
      placeholder: "file",
      optional: true,
    },
    seeds: {
      kind: "parsed",
      parse: wholeNumber(1, 10_000),
      brief: "Runs of each arm, with the seeds 1, 2, and so on; absent: 20.",
      placeholder: "n",
      optional: true,
    },
    arms: {
      kind: "parsed",
      parse: armList,
      brief: "What evolution is compared with, separated by commas; absent: all that the template can have.",
      placeholder: "names",
      optional: true,
    },
    margin: {
      kind: "parsed",
      parse: positiveNumber(1e12),
      brief: "Difference that is worth seeing: tells how many seeds would show it.",
      placeholder: "number",
      optional: true,
    },
    count: {
      kind: "parsed",
      parse: wholeNumber(1, 100_000),
      brief: "Agents of the population; absent: as many as the run has whose template it is, else 100.",
      placeholder: "n",
      optional: true,
    },
    tests: {
      kind: "parsed",
      parse: wholeNumber(1, 100_000),
      brief:
        "Worlds on which what was chosen is judged; fewer where there are no more instances to test with. Absent: 200.",
      placeholder: "n",
      optional: true,
    },
  },
  run: async ({ from, ...flags }, step) => {
    const { budget, seeds = 20, tests = 200, margin } = flags;
    if (from !== undefined) {
      const idle = (["template", "budget", "seeds", "arms", "count", "tests"] as const).find((name) =>
        flags[name] !== undefined
      );
      if (idle) throw misuse(`Cannot use --${idle} with --from as nothing is run.`);
      const { toldAgain } = await import("../lib/steps/compare/told.ts");
      return await toldAgain(step, from, margin);
    }
    if (budget === undefined) {
      throw misuse("Cannot compare as --budget must say how many judged episodes an arm may take, such as 6000.");
    }
    const { compare } = await import("../lib/steps/compare/compare.ts");
    return await compare(step, { ...flags, budget, seeds, tests });
  },
});

function misuse(message: string): Misuse {
  return new Misuse({ code: "arguments", message });
}

function armList(input: string): readonly ArmName[] {
  return input.split(",").map((text) => {
    const name = text.trim() as ArmName;
    if (armNames.includes(name)) return name;
    throw new BadValue(`must be names of ${armNames.join(", ")}, separated by commas`, nearest(name, armNames));
  });
}
