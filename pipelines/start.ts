/**
 * One command from nothing to a report.
 *
 * @module
 */

import { evaluatorsFlag } from "../lib/evaluators/servers.ts";
import { isolationNames } from "../lib/isolation/names.ts";
import { endFlags } from "../lib/steps/lifecycle/end_flags.ts";
import { genomeText } from "../lib/step/genome_source.ts";
import { runStep, seedText, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "start",
  brief: "Creates agents where there are none, runs cycles, and says where the report is.",
  description:
    "Creates 100 agents from a template where there are none, runs 10 cycles, or up to another end, with one " +
    "line each, and says where the report is. Each further start adds cycles.",
  workers: true,
  long: true,
  creates: true,
  defaultFormat: "table",
  flags: {
    count: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000),
      brief: "Agents to have; absent: 100 where there are none, else as many as there are.",
      placeholder: "n",
      optional: true,
    },
    cycles: {
      kind: "parsed",
      parse: wholeNumber(0, 1_000_000_000),
      brief: "Cycles to run; absent: 10 where nothing else is to end it.",
      placeholder: "n",
      optional: true,
    },
    ...endFlags,
    seed: {
      kind: "parsed",
      parse: seedText,
      brief: "Seed of the run where there are no agents yet; absent: a random one.",
      placeholder: "seed",
      optional: true,
    },
    template: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Folder of the template; absent: the one before, at first agent_template.",
      placeholder: "folder",
      optional: true,
    },
    from: {
      kind: "parsed",
      parse: genomeText,
      brief: "Genomes that agents begin with, as init takes them.",
      placeholder: "genome",
      optional: true,
      variadic: true,
    },
    concurrency: {
      kind: "parsed",
      parse: wholeNumber(1, 1024),
      brief: "Agents that are evaluated at once; absent: as supervise has it.",
      placeholder: "n",
      optional: true,
    },
    evaluators: evaluatorsFlag,
    isolation: {
      kind: "enum",
      values: isolationNames,
      brief: "How agents are kept apart; absent: a process each. With shared they share a process: five times as fast.",
      optional: true,
    },
    race: {
      kind: "boolean",
      brief: "Name the best genome by a final race when it is over.",
      default: true,
    },
    controls: {
      kind: "boolean",
      brief: "Judge beside its winner what random search with a race finds in as many episodes as the run has spent.",
      default: false,
      withNegated: false,
    },
  },
  positional: { placeholder: "genome", brief: "Further ones of --from.", minimum: 0, parse: genomeText, of: "from" },
  run: async (flags, step) => {
    const { start } = await import("../lib/steps/lifecycle/start.ts");
    return await start(step, { ...flags, workers: step.workers });
  },
});
