/**
 * Runs the whole chain of steps, cycle by cycle.
 *
 * @module
 */

import { evaluatorsFlag } from "../lib/evaluators/servers.ts";
import { isolationNames } from "../lib/isolation/names.ts";
import { strategyNames } from "../lib/run/strategy_names.ts";
import { strategyText } from "../lib/steps/select/strategy_flag.ts";
import { endFlags } from "../lib/steps/lifecycle/end_flags.ts";
import { modes } from "../lib/isolation/modes.ts";
import { finiteNumber, runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "lifecycle",
  brief: "Runs the whole chain of steps, cycle by cycle, and goes on where the last run ended.",
  description:
    "Runs the whole chain of steps, cycle by cycle: scan, sync-wiring, build, supervise, select, supervise " +
    "(births), hooks, report. Goes on where the last run ended. The first of --cycles, --until, --minutes, " +
    "--evaluations, --target and --stagnation that holds ends it; without any it runs until Ctrl-C, which saves " +
    "what is done.",
  workers: true,
  lock: "chain",
  long: true,
  flags: {
    cycles: {
      kind: "parsed",
      parse: wholeNumber(0, 1_000_000_000),
      brief: "So many cycles more.",
      placeholder: "n",
      optional: true,
    },
    until: {
      kind: "parsed",
      parse: wholeNumber(0, 1_000_000_000),
      brief: "Up to this cycle in all.",
      placeholder: "n",
      optional: true,
    },
    ...endFlags,
    sleep: {
      kind: "parsed",
      parse: finiteNumber(0, 86_400),
      brief: "Seconds between two cycles; absent: 0 where anything but Ctrl-C is to end it, else 1.",
      placeholder: "seconds",
      optional: true,
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
      brief: "How agents are kept apart; absent: a process each.",
      optional: true,
    },
    mode: {
      kind: "enum",
      values: modes,
      brief: "A process for each episode, or residents: one for each agent, which stays until `stop`; absent: episode.",
      optional: true,
    },
    selection: {
      kind: "parsed",
      parse: strategyText,
      brief: `Strategy for select: ${strategyNames.join(", ")}, or a module in plugins/.`,
      placeholder: "strategy",
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
  run: async (flags, step) => {
    const { lifecycle } = await import("../lib/steps/lifecycle/lifecycle.ts");
    const [{ raceRecord }, { raceText }] = await Promise.all([
      import("../lib/records/race.ts"),
      import("../lib/tables/race_text.ts"),
    ]);
    const { CycleTable } = await import("../lib/steps/lifecycle/line.ts");
    const table = new CycleTable();
    return await lifecycle(step, {
      ...flags,
      workers: step.workers,
      token: step.lockToken!,
      onCycle: (statistics) =>
        step.format === "table"
          ? step.print(table.of(statistics))
          : step.emit({ type: "cycle.finished", id: null, ok: true, ...statistics }),
      onRace: (report) =>
        step.format === "table" ? step.print(`\n${raceText(report)}\n`) : step.emit(raceRecord(report)),
    });
  },
});
