import { genomeSource, genomeText } from "../lib/step/genome_source.ts";
import { finiteNumber, runStep, seedText, wholeNumber } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "init",
  brief: "Creates agents from the template; run again with a larger count it adds some.",
  description: "Agents that exist are never touched. A template that has changed takes effect with the next cycle.",
  workers: true,
  lock: true,
  creates: true,
  columns: ["id", "index", "genomeHash", "draws", "linked"],
  flags: {
    count: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000),
      brief: "Agents in all; absent: as many as before, at first 100.",
      placeholder: "n",
      optional: true,
    },
    seed: {
      kind: "parsed",
      parse: seedText,
      brief: "Seed of the run; absent: the recorded one, at first a random one that is printed.",
      placeholder: "text",
      optional: true,
    },
    template: {
      kind: "parsed",
      parse: userPath,
      brief: "Folder of the template; absent: the one before, at first agent_template.",
      placeholder: "folder",
      optional: true,
    },
    active: {
      kind: "parsed",
      parse: finiteNumber(0, 1),
      brief: "Chance that a gene starts active, 1 for all; absent: the one before, at first 0.5.",
      placeholder: "p",
      optional: true,
    },
    from: {
      kind: "parsed",
      parse: genomeText,
      brief: "Genomes that agents begin with, one each: files, or agents of a run as RUN:ID or RUN:best.",
      placeholder: "genome",
      optional: true,
      variadic: true,
    },
  },
  positional: { placeholder: "genome", brief: "Further ones of --from.", minimum: 0, parse: genomeText, of: "from" },
  run: async ({ from, ...flags }, step) => {
    const { init } = await import("../lib/steps/init/init.ts");
    return await init(step, { ...flags, from: from?.map(genomeSource) });
  },
});
