import { readServers } from "../lib/evaluators/servers.ts";
import { status } from "../lib/steps/status/status.ts";
import { runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "status",
  brief: "Shows the state of every agent, alive and dead.",
  description:
    "Shows the state of every agent, alive and dead; on a terminal, unless a flag asks for others, of the living, best " +
    "first. Waits for nothing: it can be run while other steps are at work.",
  stdin: true,
  columns: [
    "id",
    "status",
    "generation",
    "age",
    "score",
    "energy",
    "last",
    "ms",
    "crashes",
    "backoffUntilCycle",
    "pid",
    "up",
    "restarts",
    "cpu",
    "memory",
    "parents",
    "genomeHash",
    "reason",
  ],
  flags: {
    top: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000),
      brief: "Only so many, best first unless --sort says otherwise.",
      placeholder: "n",
      optional: true,
    },
    sort: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Order by best, score, the objective's name, energy, age …; KEY:asc, KEY:desc.",
      placeholder: "key",
      optional: true,
    },
    alive: { kind: "boolean", brief: "Only what is not dead.", default: false, withNegated: false },
    where: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Only what is so: 'status=active,generation>3'; with = != < <= > >=.",
      placeholder: "conditions",
      optional: true,
    },
    residents: {
      kind: "boolean",
      brief: "Tell of residents' processes as well, which a table does anyway.",
      default: false,
      withNegated: false,
    },
    evaluators: {
      kind: "parsed",
      parse: readServers,
      brief: "Tell of the evaluators at this broker instead: nats://HOST:PORT[,…]; on other machines with keys.",
      placeholder: "servers",
      optional: true,
    },
  },
  run: (flags, step) => Promise.resolve(status(step, flags)),
});
