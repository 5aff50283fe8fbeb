/**
 * The chain of steps, cycle by cycle, each step in a process of its own.
 *
 * @module
 */

import { checkModes } from "../../isolation/modes.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { Misuse } from "../../util/issue.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { Chain } from "./chain.ts";
import { checkEnds, hasEnds } from "./ends.ts";
import type { LifecycleOptions } from "./options.ts";
import { TimeBudget } from "./time_budget.ts";

/**
 * Runs cycles, going on where the last run ended.
 *
 * With `minutes` it begins no cycle that would end too late if it took as long as the longest so far. One that takes
 * longer is interrupted where it stands, as by Ctrl-C. Either is a good end, as is each of `evaluations`, `target` and
 * `stagnation`, which are looked for where a cycle is closed. The closing record has the `reason`.
 *
 * Needs read and write permission for the listing, and run permission for `/bin/sh`.
 *
 * @returns The number of cycles that were finished.
 * @throws {Misuse} If one end is always there before another one, or controls are asked for that there can't be.
 * @throws {StepFailed} If a step failed, or no agent is left to go on with.
 * @throws The signal's reason, if interrupted; what was done is saved then.
 */
export async function lifecycle(step: StepContext, options: LifecycleOptions): Promise<Counts> {
  if (options.cycles !== undefined && options.until !== undefined) {
    throw new Misuse({
      code: "arguments",
      message: "Cannot use --cycles and --until at once as one must say how many.",
    });
  }
  checkEnds(options);
  checkControls(options);
  checkModes({ mode: options.mode, isolation: options.isolation, evaluators: options.evaluators });
  using budget = new TimeBudget(options.minutes, options.now);
  const chain = new Chain(step, options, budget, await runtimeHash());
  const began = chain.chainPosition();
  const goal = chain.goal(began);
  const isBounded = goal !== Infinity || budget.isSet || hasEnds(options);
  const pause = options.sleep ?? (isBounded ? 0 : 1);
  step.details.isolation = options.isolation ?? "process";
  try {
    if (began.closed < goal) await chain.check();
    if (!chain.end(goal)) step.say(`agents are evaluated with --isolation ${step.details.isolation}.`);
    await chain.catchUp(began);
    while (!chain.end(goal)) {
      if (!budget.allows(pause * 1000)) break;
      if (chain.finished > 0 && pause > 0) {
        const { setTimeout } = await import("node:timers/promises");
        await setTimeout(pause * 1000, undefined, { signal: step.signal });
      }
      await budget.measure(() => chain.cycle());
    }
    const end = chain.end(goal);
    if (end) await chain.race();
    chain.conclude(end);
  } catch (error) {
    if (error !== budget.signal.reason || step.signal.aborted) {
      chain.note(error);
      throw error;
    }
    chain.conclude();
  } finally {
    // An interrupt gives up the rest; after a failure or a kill the same command goes on.
    if (step.signal.aborted) chain.giveUp();
  }
  if (options.mode === "resident") step.say("leaves the residents running; `deno task stop` ends them.");
  return { updates: chain.finished + (chain.isWithin ? 1 : 0) || Number(chain.hasRaced), cycles: chain.finished };
}

/**
 * Demands that random search can be judged beside the winner of a race, if it is to be.
 *
 * @throws {Misuse} If it can't.
 */
export function checkControls(
  { controls = false, race = true, isolation }: Pick<LifecycleOptions, "controls" | "race" | "isolation">,
): void {
  if (!controls || (race && isolation !== "bwrap")) return;
  const [other, why] = race
    ? ["--isolation bwrap", "random genomes are evaluated within a process, by Workers without permissions"]
    : ["--no-race", "they are judged beside the winner of the race"];
  throw new Misuse({
    code: "arguments",
    message: `Cannot use --controls with ${other} as ${why}: leave one of them out.`,
  });
}
