/**
 * Evaluates for supervisors, on this machine or on others.
 *
 * @module
 */

import { isEvaluatorName, most } from "../lib/evaluators/names.ts";
import { readServers } from "../lib/evaluators/servers.ts";
import { isolationNames } from "../lib/isolation/names.ts";
import { BadValue, runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "evaluator",
  brief: "Evaluates for supervisors that were given the same broker, until Ctrl-C or SIGTERM.",
  description:
    "Takes evaluations from a NATS server with JetStream, runs what the project's key has signed, and replies. It needs no " +
    "run of its own. See docs/evaluators.md.",
  creates: true,
  ownRuns: true,
  long: true,
  lasts: true,
  columns: ["evaluator", "engine", "slots"],
  flags: {
    server: {
      kind: "parsed",
      parse: readServers,
      brief:
        "The broker: nats://127.0.0.1:4222, or with keys tls://HOST:4222; several servers of it separated by commas.",
      placeholder: "url",
    },
    concurrency: {
      kind: "parsed",
      parse: wholeNumber(1, 256),
      brief: "Processes at once; absent: one for each core.",
      placeholder: "n",
      optional: true,
    },
    isolation: {
      kind: "enum",
      values: isolationNames,
      brief:
        "How agents are kept apart: a process each, with bwrap in namespaces of its own; with wasm an engine each; with shared many to a process.",
      default: "shared",
    },
    name: {
      kind: "parsed",
      parse: evaluatorName,
      brief: "Its name on the broker, of its own; absent: that of the machine, and some digits.",
      placeholder: "name",
      optional: true,
    },
  },
  run: async (flags, step) => {
    const { evaluator } = await import("../lib/steps/evaluator/evaluator.ts");
    return await evaluator(step, flags);
  },
});

function evaluatorName(text: string): string {
  if (isEvaluatorName(text)) return text;
  throw new BadValue(
    `must be 1 to ${most.name} letters, digits, "-", "_" or ".", neither beginning nor ending with a dot`,
  );
}
