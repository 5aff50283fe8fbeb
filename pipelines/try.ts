/**
 * Tries a genome of a template, without a run.
 *
 * @module
 */

import { BadValue, runStep, seedText, wholeNumber } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";
import { Misuse } from "../lib/util/issue.ts";

await runStep({
  name: "try",
  brief: "Evaluates a genome of a template once, without a run, and tells what its genes do.",
  description:
    "Reads and audits the template, checks its types, and runs one evaluation in the sandbox, with the limits of the " +
    "configuration. Nothing is kept: what it makes lies in a folder of its own that is removed when it ends.",
  creates: true,
  keepsNothing: true,
  workers: true,
  formats: ["md"],
  flags: {
    template: {
      kind: "parsed",
      parse: userPath,
      brief: "Folder of the template; absent: that of the run, where there is none agent_template.",
      placeholder: "folder",
      optional: true,
    },
    genome: {
      kind: "parsed",
      parse: genomeChoice,
      brief:
        "all genes with default parameters, none, an agent of the run by its id or best, or a file: a genome.bin, or what " +
        "show --format json gives; a file's name has a dot or a slash in it.",
      placeholder: "all|none|id|file",
      default: "all",
    },
    instance: {
      kind: "parsed",
      parse: wholeNumber(0, 2_000_000),
      brief: "Play this instance alone.",
      placeholder: "n",
      optional: true,
    },
    test: {
      kind: "boolean",
      brief: "Play all instances to test with, and tell means with 95 % intervals.",
      default: false,
      withNegated: false,
    },
    trace: {
      kind: "boolean",
      brief: "Tell each step: perceptions, votes, signals, actions, rewards, and the time of each gene.",
      default: false,
      withNegated: false,
    },
    seed: {
      kind: "parsed",
      parse: seedText,
      brief: "Seed of all random numbers: the worlds are those of the first cycle of a run with this seed.",
      placeholder: "text",
      default: "1",
    },
    environment: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Environment of the world; absent: the configured one, else the first.",
      placeholder: "name",
      optional: true,
    },
    isolation: {
      kind: "enum",
      values: ["process", "bwrap"],
      brief: "How the agent is kept apart.",
      default: "process",
    },
  },
  run: async (flags, step) => {
    if (flags.test && flags.instance !== undefined) {
      throw clash("--instance with --test as one of them says what to play");
    }
    if (flags.test && flags.trace) {
      throw clash("--trace with --test as steps are told of one evaluation; use --instance");
    }
    const { tryTemplate } = await import("../lib/steps/try/try.ts");
    return await tryTemplate(step, flags);
  },
});

function genomeChoice(input: string) {
  if (input === "all" || input === "none") return { of: input } as const;
  if (/[./]/.test(input)) return { of: "file", path: userPath(input) } as const;
  if (/^[A-Za-z0-9-]{1,64}$/.test(input)) return { of: "agent", id: input } as const;
  throw new BadValue("must be all, none, best, the id of an agent, or a file with a dot or a slash in its name");
}

function clash(what: string): Misuse {
  return new Misuse({ code: "arguments", message: `Cannot use ${what}.` });
}
