/**
 * Shows that a long run takes no more and more: a population evolves cycle after cycle while it is watched from outside.
 *
 * The run is a real one, `runs/soak-…`, under a `lifecycle` as a user starts it, and is removed in the end.
 *
 * @module
 */

import { projectRoot, runPaths } from "../lib/run/paths.ts";
import { isolationNames } from "../lib/isolation/names.ts";
import { StepFailed } from "../lib/util/issue.ts";
import { stepProcess } from "../lib/step/command.ts";
import type { Counts, StepContext } from "../lib/step/context.ts";
import { runStep, wholeNumber } from "../lib/step/step.ts";
import { runQuietly } from "./run_quietly.ts";
import { grownBy } from "./soak/growth.ts";
import { watch } from "./soak/watch.ts";

interface SoakFlags {
  readonly agents: number;
  readonly minutes: number;
  readonly kept: number;
  readonly isolation: string;
  readonly keep: boolean;
}

const grew = { issue: { code: "soak.grown", message: "It takes more and more." } };

await runStep({
  name: "soak",
  brief: "Watches what a long run takes of memory, descriptors and disk.",
  description:
    "Evolves cycle after cycle for some minutes, and compares the last quarter of that time with the second: " +
    "what had grown by more than a tenth would grow for ever. Exits 1 if anything has.",
  creates: true,
  ownRuns: true,
  columns: ["of", "unit", "before", "after", "growth", "ok"],
  flags: {
    agents: { kind: "parsed", parse: wholeNumber(4, 100_000), brief: "Agents.", default: "2000" },
    minutes: { kind: "parsed", parse: wholeNumber(1, 10_000), brief: "How long.", default: "20" },
    kept: {
      kind: "parsed",
      parse: wholeNumber(1, 1_000_000),
      brief: "Cycles that are kept whole, `retention.cycles`.",
      default: "10",
    },
    isolation: {
      kind: "enum",
      values: isolationNames,
      brief: "As of lifecycle.",
      default: "shared",
    },
    keep: { kind: "boolean", brief: "Leave the run where it is.", default: false, withNegated: false },
  },
  run: async (flags, step) => {
    const run = `soak-${Date.now().toString(36)}`;
    try {
      return await soak(run, flags, step);
    } finally {
      if (!flags.keep) Deno.removeSync(`${projectRoot}/runs/${run}`, { recursive: true });
    }
  },
});

async function soak(run: string, flags: SoakFlags, step: StepContext): Promise<Counts> {
  await prepare(run, flags);
  const child = stepProcess("lifecycle", [
    ...["--run", run, "--isolation", flags.isolation, "--sleep", "0", "--cycles", "1000000", "--no-race"],
    ...["--quiet", "--format", "ndjson"],
  ], { stdin: "null", stdout: "piped", stderr: "inherit" }).spawn();
  const end = () => child.kill("SIGTERM");
  const timer = setTimeout(end, flags.minutes * 60_000);
  step.signal.addEventListener("abort", end);
  const began = performance.now();
  const samples = await watch(child, run, (sample) => step.progress(Math.floor(sample.seconds), flags.minutes * 60));
  clearTimeout(timer);
  step.signal.removeEventListener("abort", end);
  step.signal.throwIfAborted();
  const seconds = (performance.now() - began) / 1000;
  const growths = grownBy(samples, seconds);
  for (const growth of growths) {
    const { of, unit, before, after, ok } = growth;
    step.emit({ type: "soak.growth", id: null, ...growth, ...(!ok && grew) });
    step.say(`${of}: ${before} ${unit}, later ${after} ${unit}: ${ok ? "flat" : "GROWS"}`);
  }
  const grown = growths.filter(({ ok }) => !ok);
  if (grown.length > 0) {
    const message = `What a run takes must not grow: ${grown.map(({ of }) => of).join(", ")} did.`;
    throw new StepFailed({ code: "soak.grown", message });
  }
  return { updates: samples.length, cycles: samples.length, seconds: Math.round(seconds) };
}

async function prepare(run: string, { agents, kept }: SoakFlags): Promise<void> {
  await runQuietly("init", ["--run", run, "--count", `${agents}`, "--seed", "soak"]);
  Deno.writeTextFileSync(runPaths(run).config, JSON.stringify({ retention: { cycles: kept } }));
}
