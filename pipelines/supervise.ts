import { evaluatorsFlag } from "../lib/evaluators/servers.ts";
import { isolationNames } from "../lib/isolation/names.ts";
import { modes } from "../lib/isolation/modes.ts";
import { runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "supervise",
  brief: "Runs the agents that are due, each in a process without permissions, and judges them.",
  description: "Runs the agents that are due, each in a process of its own without permissions and under limits; " +
    "judges what they did, keeps the genomes that they decided on, and delivers their mail.",
  workers: true,
  stdin: true,
  lock: true,
  columns: ["id", "kind", "outcome", "score", "wallMs", "genomeAfter"],
  flags: {
    concurrency: {
      kind: "parsed",
      parse: wholeNumber(1, 1024),
      brief: "Processes at once; absent: as many as workers.",
      placeholder: "n",
      optional: true,
    },
    evaluators: evaluatorsFlag,
    isolation: {
      kind: "enum",
      values: isolationNames,
      brief:
        "How agents are kept apart: a process each, with bwrap in namespaces of its own; with wasm an engine each; with shared many to a process.",
      default: "process",
      optional: true,
    },
    mode: {
      kind: "enum",
      values: modes,
      brief: "A process for each episode, or residents: one for each agent, kept until `stop`.",
      default: "episode",
      optional: true,
    },
    once: {
      kind: "boolean",
      brief: "With --mode resident: serve what is due, and leave the residents running.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { supervise } = await import("../lib/steps/supervise/supervise.ts");
    return await supervise(step, flags);
  },
});
