/**
 * Shows that selection works, and by how much: evolves populations beside drift controls and judges all of them on
 * worlds that selection never saw.
 *
 * The runs are real ones, under `runs/prove-…`, made by the same steps that a user runs. A run that is there already is
 * gone on with, so that a killed proof resumes.
 *
 * @module
 */

import type { Estimate, ProofSeed } from "../lib/records/bench.ts";
import { Listing } from "../lib/db/listing.ts";
import { runPaths } from "../lib/run/paths.ts";
import { StepFailed } from "../lib/util/issue.ts";
import { runStep, wholeNumber } from "../lib/step/step.ts";
import type { StepContext } from "../lib/step/context.ts";
import { heldOutScores } from "./held_out.ts";
import { estimate, meanOf } from "./intervals.ts";
import { runQuietly } from "./run_quietly.ts";

/** What one seed showed. */
interface Proof {
  readonly seed: string;
  readonly initial: readonly number[];
  /** Score of the best initial agent, judged anew on the held-out worlds. */
  readonly best: number;
  readonly evolved: readonly number[];
  readonly drifted: readonly number[];
  /** Judged evaluations of each: evolved, drifted. */
  readonly evaluations: readonly [number, number];
}

interface ProveFlags {
  readonly seeds: number;
  readonly count: number;
  readonly cycles: number;
  readonly worlds: number;
}

await runStep({
  name: "prove",
  brief: "Evolves populations beside drift controls and judges them on held-out worlds.",
  creates: true,
  ownRuns: true,
  workers: true,
  columns: ["seed", "initial", "best", "evolved", "drift", "ratio", "ok"],
  flags: {
    seeds: { kind: "parsed", parse: wholeNumber(1, 1000), brief: "Seeds, from 1 on.", default: "5" },
    count: { kind: "parsed", parse: wholeNumber(4, 100_000), brief: "Agents of each population.", default: "100" },
    cycles: { kind: "parsed", parse: wholeNumber(1, 100_000), brief: "Cycles of each run.", default: "20" },
    worlds: { kind: "parsed", parse: wholeNumber(1, 10_000), brief: "Held-out worlds.", default: "100" },
  },
  run: async (flags, step) => {
    const proofs: Proof[] = [];
    for (let number = 1; number <= flags.seeds; number++) {
      const proof = await prove(`${number}`, flags, step);
      proofs.push(proof);
      step.emit(recordOf(proof));
      step.say(lineOf(`seed ${proof.seed}`, proof));
    }
    const all: Proof = {
      seed: "all",
      initial: proofs.map((proof) => meanOf(proof.initial)),
      best: meanOf(proofs.map((proof) => proof.best)),
      evolved: proofs.map((proof) => meanOf(proof.evolved)),
      drifted: proofs.map((proof) => meanOf(proof.drifted)),
      evaluations: [sum(proofs.map((proof) => proof.evaluations[0])), sum(proofs.map((proof) => proof.evaluations[1]))],
    };
    step.emit(recordOf(all));
    step.say(lineOf(`mean of ${proofs.length} seeds`, all));
    const held = proofs.filter(holds).length;
    if (held < proofs.length) {
      const message = `The claim holds for ${held} of ${proofs.length} seeds only.`;
      throw new StepFailed({ code: "proof.failed", message });
    }
    return { updates: proofs.length, held };
  },
});

/** Evolves one seed with and without selection; both start from the same population. */
async function prove(seed: string, flags: ProveFlags, step: StepContext): Promise<Proof> {
  const names = { evolved: `prove-${seed}`, drifted: `prove-${seed}-drift`, initial: `prove-${seed}-initial` };
  for (const run of Object.values(names)) {
    await runPipeline(step, "init", ["--run", run, "--count", `${flags.count}`, "--seed", seed]);
  }
  const judged = async (run: string): Promise<number[]> => {
    for (const name of ["scan", "sync-wiring", "build"]) await runPipeline(step, name, ["--run", run]);
    return await heldOutScores(run, flags.worlds, step.workers);
  };
  const initial = await judged(names.initial);
  const until = ["--until", `${flags.cycles}`, "--sleep", "0"];
  await runPipeline(step, "lifecycle", ["--run", names.evolved, ...until]);
  await runPipeline(step, "lifecycle", ["--run", names.drifted, ...until, "--selection", "none"]);
  const [evolved, drifted] = [await judged(names.evolved), await judged(names.drifted)];
  return {
    seed,
    initial,
    best: Math.max(...initial),
    evolved,
    drifted,
    evaluations: [evaluationsOf(names.evolved), evaluationsOf(names.drifted)],
  };
}

async function runPipeline(step: StepContext, name: string, args: readonly string[]): Promise<void> {
  step.signal.throwIfAborted();
  await runQuietly(name, args);
}

function evaluationsOf(run: string): number {
  using listing = Listing.open(runPaths(run).listing);
  return Number(listing.get<{ n: number }>("SELECT count(*) AS n FROM evaluations WHERE outcome IS NOT NULL")!.n);
}

/** The claim: half as good again as at first, better than the best at first, and better than drift. */
function holds({ initial, best, evolved, drifted }: Proof): boolean {
  const mean = meanOf(evolved);
  return mean >= 1.5 * meanOf(initial) && mean > best && mean > meanOf(drifted);
}

function recordOf(proof: Proof): ProofSeed {
  const { seed, initial, best, evolved, drifted, evaluations } = proof;
  return {
    type: "proof.seed",
    id: null,
    ok: holds(proof),
    seed,
    initial: estimate(initial, `initial ${seed}`),
    best,
    evolved: estimate(evolved, `evolved ${seed}`),
    drift: estimate(drifted, `drift ${seed}`),
    ratio: meanOf(evolved) / meanOf(initial),
    evaluations,
  };
}

function lineOf(name: string, proof: Proof): string {
  const { initial, best, evolved, drift, ratio, evaluations, ok } = recordOf(proof);
  return `${name}: initial ${shown(initial)}, its best ${best.toFixed(2)}; evolved ${shown(evolved)} in ${
    evaluations[0]
  } evaluations; ` +
    `drift ${shown(drift)} in ${evaluations[1]} evaluations; ${ratio.toFixed(2)} times the initial mean: ${
      ok ? "holds" : "does not hold"
    }`;
}

function shown({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
