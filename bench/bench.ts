/**
 * The benchmark suite: what the orchestrator costs, each workload beside a plain reference in the same session.
 *
 * Populations are real ones under `runs/bench-…`, made by the steps that a user runs, and removed when all is measured.
 *
 * @module
 */

import type { Figure, Omission } from "../lib/records/bench.ts";
import { projectRoot } from "../lib/run/paths.ts";
import { BadValue, runStep, wholeNumber } from "../lib/step/step.ts";
import { Bench } from "./suite/bench.ts";
import { lineOf } from "./suite/document.ts";
import { loadOf, machineInWords } from "./suite/machine.ts";
import { keepResults, writeDocument } from "./suite/results.ts";
import { build } from "./workloads/build.ts";
import { changes } from "./workloads/changes.ts";
import { cycle } from "./workloads/cycle.ts";
import { init } from "./workloads/init.ts";
import { onemax } from "./workloads/onemax.ts";
import { residents } from "./workloads/residents.ts";
import { selection } from "./workloads/selection.ts";
import { sizes } from "./workloads/sizes.ts";
import { startup } from "./workloads/startup.ts";
import { supervise } from "./workloads/supervise.ts";

/** In the order in which they run: what writes most files comes before what removes any. */
const parts = [startup, init, build, changes, supervise, cycle, selection, onemax, residents, sizes];

const names = parts.map(({ name }) => name);

const missed = { issue: { code: "bench.missed", message: "The goal is not met." } };

await runStep({
  name: "bench",
  brief: "Measures what the orchestrator costs beside plain references.",
  description: `Measures, in this order: ${
    parts.map(({ name, brief }) => `${name} (${brief})`).join("; ")
  }. Without --quick the results of each part are kept as runs/bench/PART.json, and docs/performance.md is written from the last of each.`,
  creates: true,
  ownRuns: true,
  columns: ["part", "workload", "agents", "value", "met"],
  flags: {
    only: {
      kind: "parsed",
      parse: (text: string) => text.split(",").map((name) => demandPart(name.trim())),
      brief: `Parts to run, with commas between: ${names.join(", ")}; absent: all.`,
      placeholder: "parts",
      optional: true,
    },
    sizes: {
      kind: "parsed",
      parse: (text: string) =>
        text.split(",").map((one) => wholeNumber(10, 1_000_000)(one.trim())).sort((a, b) => a - b),
      brief: "Numbers of agents, with commas between; absent: 100,1000,10000, with --quick 100.",
      placeholder: "numbers",
      optional: true,
    },
    repeats: {
      kind: "parsed",
      parse: wholeNumber(1, 100),
      brief: "How often each workload is run; those over 10,000 agents three times at most. Absent: 5, with --quick 1.",
      placeholder: "n",
      optional: true,
    },
    quick: { kind: "boolean", brief: "Small and once: whether all of it works.", default: false, withNegated: false },
    keep: { kind: "boolean", brief: "Leave the populations where they are.", default: false, withNegated: false },
  },
  run: async (flags, step) => {
    const counts = { updates: 0, figures: 0, missed: 0, omitted: 0 };
    let figures: Figure[] = [];
    let omissions: Omission[] = [];
    const bench = new Bench({
      sizes: flags.sizes ?? (flags.quick ? [100] : [100, 1000, 10_000]),
      repeats: flags.repeats ?? (flags.quick ? 1 : 5),
      quick: flags.quick,
      session: Date.now().toString(36),
      signal: step.signal,
      onFigure: (one) => {
        figures.push(one);
        step.emit({ type: "bench.figure", id: null, ok: one.met ?? true, ...one, ...(one.met === false && missed) });
        step.say(lineOf(one));
      },
      onOmission: (one) => {
        omissions.push(one);
        step.emit({ type: "bench.omitted", id: null, ok: true, ...one });
        step.say(`${one.workload} is left out: ${one.why}.`);
      },
      say: step.say,
    });
    Deno.mkdirSync(`${projectRoot}/runs`, { recursive: true });
    try {
      for (const part of parts.filter(({ name }) => flags.only === undefined || flags.only.includes(name))) {
        step.signal.throwIfAborted();
        [figures, omissions] = [[], []];
        await part.run(bench);
        counts.updates += figures.length;
        counts.figures += figures.length;
        counts.missed += figures.filter(({ met }) => met === false).length;
        counts.omitted += omissions.length;
        if (flags.quick) continue;
        const [machine, load] = [await machineInWords(), await loadOf()];
        const at = new Date().toISOString();
        keepResults({ part: part.name, at, machine, load, sizes: bench.options.sizes, figures, omissions });
        writeDocument(names);
      }
    } finally {
      if (!flags.keep) removeRuns(bench.run(""));
    }
    return counts;
  },
});

function demandPart(name: string): string {
  if (names.includes(name)) return name;
  throw new BadValue(`must be parts of the suite: ${names.join(", ")}`);
}

/** Removes this session's runs, results aside. */
function removeRuns(prefix: string): void {
  const runs = `${projectRoot}/runs`;
  for (const { name, isDirectory } of [...Deno.readDirSync(runs)]) {
    if (isDirectory && name.startsWith(prefix)) Deno.removeSync(`${runs}/${name}`, { recursive: true });
  }
}
