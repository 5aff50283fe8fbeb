/**
 * Puts together what evaluations are run and judged with. Loaded only where something is due.
 *
 * @module
 */

import type { StepDetails } from "../../records/finished.ts";
import { KnownEvaluators } from "../../db/evaluators.ts";
import type { Listing } from "../../db/listing.ts";
import type { HostedData } from "../../isolation/data.ts";
import type { Isolation } from "../../isolation/isolation.ts";
import { childrenCpuMs } from "../../isolation/children_cpu.ts";
import { Launcher } from "../../isolation/launcher.ts";
import { byPool, isolationFor } from "../../isolation/isolations.ts";
import { agentLimits } from "../../isolation/limits.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import type { Failure } from "../../isolation/outcome.ts";
import type { Keeper } from "../../isolation/residents/keeper.ts";
import type { RunPaths } from "../../run/paths.ts";
import { demandMachine, type MachineNeeds } from "../../run/preflight.ts";
import { loadVerifier } from "../../signing/sign.ts";
import { Artifacts } from "../../toolchain/artifacts.ts";
import { openJudge } from "../../toolchain/open_judge.ts";
import type { DueEvaluation } from "./due.ts";
import { EvaluationLoop, type Evaluators, type LoopParts } from "./loop.ts";
import type { PoolEvaluations, PoolParts } from "./pool_evaluations.ts";
import type { RunFacts } from "./run_facts.ts";

/** How what is due is evaluated. */
export interface EvaluateOptions {
  readonly isolation: IsolationName;
  /** Processes at once. */
  readonly concurrency: number;
  /** Keeps the residents that are to evaluate; absent: there are none. */
  readonly keeper?: Keeper;
  /** `host:port` of each server of the broker at which evaluators on other machines are; absent: all is evaluated here. */
  readonly evaluators?: readonly string[];
}

/**
 * Evaluates what is due.
 *
 * @param due In the order of the agents' creation; at least one.
 * @throws {StepFailed} If limits can't be set, this machine has too little for that or lacks what keeps agents apart, or
 * there is no judge for this world and runtime.
 */
export async function evaluateDue(
  parts: Omit<LoopParts, keyof Evaluators>,
  due: readonly DueEvaluation[],
  options: EvaluateOptions,
): Promise<void> {
  const { step, listing, facts } = parts;
  const judged = due.some(({ kind }) => kind !== "gestation");
  step.details.isolation = options.isolation;
  const before = await childrenCpuMs();
  await withEvaluators(
    {
      ...options,
      paths: step.paths,
      listing,
      facts,
      judged,
      evaluations: due.length,
      details: step.details,
      say: step.say,
      signal: step.signal,
    },
    (evaluators) => new EvaluationLoop({ ...parts, ...evaluators }, due).run(),
  );
  // Now that all of them have ended: the kernel adds up those alone.
  const after = await childrenCpuMs();
  if (before !== undefined && after !== undefined) parts.tally.took(after - before);
}

/** What evaluators are made of. */
export interface EvaluatorOptions extends Partial<EvaluateOptions> {
  readonly paths: RunPaths;
  readonly listing: Listing;
  readonly facts: RunFacts;
  /** Whether there is anything to judge. */
  readonly judged: boolean;
  /** How many evaluations there are. @default 1 */
  readonly evaluations?: number;
  /** Where to tell by what agents are limited. */
  readonly details?: StepDetails;
  /** Where to say what may be lacking. */
  readonly say?: (text: string) => void;
  /** Aborted when the step is to end. */
  readonly signal?: AbortSignal;
}

/**
 * Hands over what evaluations are run and judged with, and ends that afterwards.
 *
 * @throws {StepFailed} If limits can't be set, this machine has too little for that or lacks what keeps agents apart, or
 * there is no judge for this world and runtime.
 */
export async function withEvaluators<T>(
  options: EvaluatorOptions,
  use: (evaluators: Evaluators) => Promise<T>,
): Promise<T> {
  const { paths, listing, facts, judged, isolation: name = "process", keeper, evaluators: servers } = options;
  const { concurrency = 1, evaluations = 1, details = {} } = options;
  const limits = agentLimits(facts.config);
  const [launcher, verifier] = await Promise.all([Launcher.find(limits), loadVerifier(paths.publicKey)]);
  await demandMachine(launcher.machine, paths.listing, needsOf(options), options.say);
  const sandbox = await sandboxFor(name, limits, launcher);
  using programs = new Artifacts(listing, paths, verifier, facts);
  const data = await programs.data();
  await using judge = judged
    ? await openJudge({
      artifacts: programs,
      config: facts.config,
      sandbox,
      data,
      processes: judgesFor(concurrency, evaluations),
    })
    : undefined;
  const pool = byPool.has(name) || servers ? await findPool({ facts, artifacts: programs }) : undefined;
  const home = await isolationFor(name, {
    limits,
    launcher,
    sandbox,
    programs,
    concurrency,
    evaluations,
    pool,
    keeper,
    data,
    details,
  });
  await using isolation = servers ? await elsewhere({ ...options, servers, home, launcher, programs, data }) : home;
  const locate = async (failure: Failure) => {
    const [{ locate }, { sourcePath }] = await Promise.all([
      import("./locate.ts"),
      import("../../template/pool_sources.ts"),
    ]);
    const world = sourcePath(paths, facts.pool.worldSource);
    return await locate({ launcher, limits, world, worldsJson: facts.worldsJson, data: data?.line }, failure);
  };
  return await use({ isolation, judge, pool, locate });
}

/** What evaluators on other machines are reached by. */
type ElsewhereOptions = EvaluatorOptions & {
  readonly servers: readonly string[];
  readonly home: Isolation;
  readonly launcher: Launcher;
  readonly programs: Artifacts;
  readonly data: HostedData | undefined;
};

async function elsewhere(
  { servers, home, launcher, programs, data, ...options }: ElsewhereOptions,
): Promise<Isolation> {
  const { paths, listing, facts, say = () => {}, signal = new AbortController().signal } = options;
  const { evaluators: { verifyFraction, patienceSeconds, ageHours }, limits } = facts.config;
  const [{ RemoteIsolation }, { carrierCommand }, { offerOf }, { engineName, runToken }] = await Promise.all([
    import("../../evaluators/remote.ts"),
    import("../../evaluators/carrier.ts"),
    import("../../evaluators/offer.ts"),
    import("../../evaluators/names.ts"),
  ]);
  const { pool, due: { runtime }, worldsJson, poolJson, seed } = facts;
  const reached = { servers, keys: `${paths.brokerKeys}/supervisor` };
  return new RemoteIsolation({
    home,
    offer: await offerOf({ listing, artifacts: programs, pool, runtime, limits, worldsJson, poolJson, data }),
    carrier: carrierCommand(launcher, reached),
    settings: {
      ...reached,
      run: await runToken(await Deno.readTextFile(paths.publicKey), seed, paths.name),
      engine: engineName(),
      ageMs: ageHours * 3_600_000,
    },
    verifyFraction,
    patienceMs: patienceSeconds * 1000,
    signal,
    known: new KnownEvaluators(listing),
    say,
  });
}

async function findPool(parts: PoolParts): Promise<PoolEvaluations | undefined> {
  const { PoolEvaluations } = await import("./pool_evaluations.ts");
  return await PoolEvaluations.find(parts);
}

/** How many processes judge at most: to judge takes a small part of what it judges has taken. */
function judgesFor(concurrency: number, evaluations: number): number {
  return Math.ceil(Math.min(concurrency, evaluations) / 4);
}

function needsOf({ facts, judged, isolation, concurrency = 1, evaluations = 1 }: EvaluatorOptions): MachineNeeds {
  // Beside each process that agents share there may be one for an agent that can't.
  const each = isolation === "shared" ? 2 : 1;
  const processes = each * Math.min(concurrency, evaluations) + (judged ? judgesFor(concurrency, evaluations) : 0);
  return { processes, working: processes, memoryMiB: facts.config.limits.memoryMiB, evaluations };
}
