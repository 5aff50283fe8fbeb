/**
 * Puts together what lives are lived with. Loaded only where somebody is due.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { forgetProgram } from "../../toolchain/commit.ts";
import { judgeName } from "../../toolchain/judge.ts";
import { loadVerifier } from "../../signing/sign.ts";
import { judgePath } from "../../signing/store.ts";
import { Launcher, type Sandbox } from "../../isolation/launcher.ts";
import type { Isolation } from "../../isolation/isolation.ts";
import { agentLimits, judgeLimits } from "../../isolation/limits.ts";
import type { IsolationName } from "../../isolation/names.ts";
import type { Failure } from "../../isolation/outcome.ts";
import { StepFailed } from "../../util/issue.ts";
import { Artifacts } from "./artifacts.ts";
import { demandMachine, type Work } from "../../run/preflight.ts";
import type { DueLife } from "./due.ts";
import { isolationFor, sandboxFor } from "./isolations.ts";
import { Judge } from "./judge.ts";
import type { PoolLives, PoolParts } from "./pool_lives.ts";
import type { Pooled, PooledParts } from "./pooled.ts";
import type { RunFacts } from "./run_facts.ts";
import { Runner } from "./runner.ts";
import { Shift, type ShiftParts } from "./shift.ts";

/**
 * Lives what is due.
 *
 * @param isolation How agents are kept apart.
 * @param due In the order of the agents' creation; at least one.
 * @param wrap Makes of that isolation the one that is used; absent: it is used as it is.
 * @throws {StepFailed} If limits can't be set, this machine has too little for that or lacks what keeps agents apart, or
 * there is no judge for this world and runtime.
 */
export async function workShift(
  parts: Omit<ShiftParts, "runner">,
  isolation: IsolationName,
  due: readonly DueLife[],
  wrap?: (isolation: Isolation) => Isolation,
): Promise<void> {
  const { step, listing, facts } = parts;
  const judged = due.some(({ kind }) => kind === "judged");
  step.details.isolation = isolation;
  await withRunner(
    {
      paths: step.paths,
      listing,
      facts,
      judged,
      isolation,
      wrap,
      slots: parts.slots,
      lives: due.length,
      details: step.details,
      say: step.say,
    },
    (runner) => new Shift({ ...parts, runner }).work(due),
  );
}

/** What lives single lives is made of. */
export interface RunnerOptions {
  readonly paths: RunPaths;
  readonly listing: Listing;
  readonly facts: RunFacts;
  /** Whether there is anything to judge. */
  readonly judged: boolean;
  /** @default "process" */
  readonly isolation?: IsolationName;
  /** How many lives are lived at once at most. @default 1 */
  readonly slots?: number;
  /** How many lives there are to be lived. @default 1 */
  readonly lives?: number;
  /** Where to tell by what lives are limited. */
  readonly details?: Record<string, string | number>;
  /** Makes of that isolation the one that is used; absent: it is used as it is. */
  readonly wrap?: (isolation: Isolation) => Isolation;
  /** Where to say what may be lacking. */
  readonly say?: (text: string) => void;
}

/**
 * Hands over what lives single lives, and ends its judge afterwards.
 *
 * @throws {StepFailed} If limits can't be set, this machine has too little for that or lacks what keeps agents apart, or
 * there is no judge for this world and runtime.
 */
export async function withRunner<T>(options: RunnerOptions, use: (runner: Runner) => Promise<T>): Promise<T> {
  const { paths, listing, facts, judged, isolation: name = "process", wrap } = options;
  const { listing: file, publicKey, store } = paths;
  const { slots = 1, lives = 1, details = {} } = options;
  const [launcher, verifier] = await Promise.all([Launcher.find(agentLimits(facts.config)), loadVerifier(publicKey)]);
  await demandMachine(launcher.machine, file, workOf(options), options.say);
  const sandbox = await sandboxFor(name, launcher, facts);
  const artifacts = new Artifacts(listing, store, verifier);
  await using judge = judged ? await findJudge(listing, facts, artifacts, sandbox, store) : undefined;
  const pool = name === "wasm" ? await findPool({ listing, facts, artifacts }) : undefined;
  await using isolation = await isolationFor(name, {
    facts,
    pool,
    launcher,
    sandbox,
    atOnce: Math.min(slots, lives),
    details,
  });
  await using pooled = name === "pooled" ? await openPooled({ listing, facts, artifacts, sandbox, slots }) : undefined;
  const locate = async (failure: Failure) => {
    const { locate } = await import("./locate.ts");
    const template = `${paths.template}/${facts.due.pool}`;
    return await locate(
      { launcher, limits: agentLimits(facts.config), template, worldsJson: facts.worldsJson },
      failure,
    );
  };
  return await use(
    new Runner({ facts, isolation: wrap?.(isolation) ?? isolation, pooled, pool, artifacts, judge, locate }),
  );
}

async function findPool(parts: PoolParts): Promise<PoolLives | undefined> {
  const { PoolLives } = await import("./pool_lives.ts");
  return await PoolLives.find(parts);
}

async function openPooled(parts: PooledParts): Promise<Pooled> {
  const { Pooled } = await import("./pooled.ts");
  return await Pooled.open(parts);
}

function workOf({ facts, judged, isolation, slots = 1, lives = 1 }: RunnerOptions): Work {
  // Beside each process that lives share there may be one for a life that can't.
  const each = isolation === "pooled" ? 2 : 1;
  const processes = each * Math.min(slots, lives) + (judged ? 1 : 0);
  return { processes, working: processes, memoryMiB: facts.config.limits.memoryMiB, evaluations: lives };
}

async function findJudge(
  listing: Listing,
  facts: RunFacts,
  artifacts: Artifacts,
  sandbox: Sandbox,
  store: string,
): Promise<Judge> {
  const { runtime } = facts.due;
  const world = facts.pool.worldHash;
  const row = listing.get<{ artifact: string }>(
    "SELECT artifact FROM statements WHERE genome = ? AND runtime = ? AND world = ?",
    judgeName,
    runtime,
    world,
  );
  const path = judgePath(store, world, runtime);
  const proof = row && await artifacts.prove(row.artifact, judgeName, { runtime, world }, path);
  if (!proof?.ok) {
    if (row) forgetProgram(listing, row.artifact, judgeName);
    throw new StepFailed({
      code: "judge.missing",
      message: "Cannot judge as there must be a signed judge for this world and runtime; run `deno task build` again.",
      path,
    });
  }
  const limits = judgeLimits(facts.config);
  // It judges the lives of a whole step.
  const command = sandbox.sandboxed(proof.value, limits, Number.POSITIVE_INFINITY);
  return new Judge(command, limits.wallSeconds * 1000);
}
