/**
 * Puts together what lives are lived with. Loaded only where somebody is due.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import type { RunPaths } from "../agents/paths.ts";
import { judgeName } from "../build/judge.ts";
import { loadVerifier } from "../build/sign.ts";
import { judgePath } from "../build/store.ts";
import { Launcher } from "../isolation/launcher.ts";
import { agentLimits, judgeLimits } from "../isolation/limits.ts";
import { ProcessIsolation } from "../isolation/process.ts";
import { StepFailed } from "../issue.ts";
import { Artifacts } from "./artifacts.ts";
import type { DueLife } from "./due.ts";
import { Judge } from "./judge.ts";
import type { RunFacts } from "./run_facts.ts";
import { Runner } from "./runner.ts";
import { Shift, type ShiftParts } from "./shift.ts";

/**
 * Lives what is due.
 *
 * @param due In the order of the agents' creation; at least one.
 * @throws {StepFailed} If limits can't be set, or there is no judge for this world and runtime.
 */
export async function workShift(parts: Omit<ShiftParts, "runner">, due: readonly DueLife[]): Promise<void> {
  const { step, listing, facts } = parts;
  const judged = due.some(({ kind }) => kind === "judged");
  await withRunner(step.paths, listing, facts, judged, (runner) => new Shift({ ...parts, runner }).work(due));
}

/**
 * Hands over what lives single lives, and ends its judge afterwards.
 *
 * @param judged Whether there is anything to judge.
 * @throws {StepFailed} If limits can't be set, or there is no judge for this world and runtime.
 */
export async function withRunner<T>(
  { publicKey, store }: RunPaths,
  listing: Listing,
  facts: RunFacts,
  judged: boolean,
  use: (runner: Runner) => Promise<T>,
): Promise<T> {
  const [launcher, verifier] = await Promise.all([Launcher.find(agentLimits(facts.config)), loadVerifier(publicKey)]);
  const artifacts = new Artifacts(listing, store, verifier);
  await using judge = judged ? await findJudge(listing, facts, artifacts, launcher, store) : undefined;
  await using isolation = new ProcessIsolation(launcher, agentLimits(facts.config));
  return await use(new Runner({ facts, isolation, artifacts, judge }));
}

async function findJudge(
  listing: Listing,
  facts: RunFacts,
  artifacts: Artifacts,
  launcher: Launcher,
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
    throw new StepFailed({
      code: "judge.missing",
      message: "Cannot judge as there must be a signed judge for this world and runtime; run `deno task build` again.",
      path,
    });
  }
  const limits = judgeLimits(facts.config);
  // It judges the lives of a whole step.
  const command = launcher.sandboxed(proof.value, limits, Number.POSITIVE_INFINITY);
  return new Judge(command, limits.wallSeconds * 1000);
}
