/**
 * Rounds in which something happens at a drawn moment of a cycle's evaluations, and nothing is to come of it.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { stream } from "../../lib/runtime/random.ts";
import type { Population } from "../acceptance/_population.ts";
import { Cluster, configuration, dueRun, evaluated } from "./_cluster.ts";
import { failures, slowFailures } from "./_failures.ts";

/**
 * Plays rounds on one cluster, each as a step of a test.
 *
 * @param only The number of the one that is played. @default all
 */
export async function playAll(t: Deno.TestContext, rounds: readonly Round[], only?: number): Promise<void> {
  await using first = await dueRun(40);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using cluster = await Cluster.onHosts();
  await cluster.staff(2);
  await using undisturbed = await first.twin();
  const began = performance.now();
  await cluster.supervise(undisturbed).ended;
  const stepMs = performance.now() - began;
  for (const [number, round] of rounds.entries()) {
    if (only !== undefined && only !== number) continue;
    await t.step(`${number}: ${round.name}`, () => play(cluster, round, first, expected, stepMs));
  }
}

const all = { ...failures, ...slowFailures };

/** Exit codes of a supervisor after which the step is run again: killed, interrupted, or the broker was away. */
const goesOn = new Set([1, 130, 137]);

/** How often it is run again at most. */
const mostStarts = 6;

/** One round: which failure, and when. */
export interface Round {
  readonly name: string;
  /** Where in the time that the step takes undisturbed, from 0 to 1. */
  readonly at: number;
}

/** So many rounds, each failure as often as any other. @param names Of the failures. */
export function drawnRounds(count: number, seed: string, names = Object.keys(failures)): Round[] {
  const random = stream(seed);
  return Array.from({ length: count }, (_, i) => ({ name: names[i % names.length]!, at: random() }));
}

/**
 * Plays a round. What ends in it is there again for the next one.
 *
 * @param first A run that is due.
 * @param expected What it comes to where all is evaluated at home.
 * @param stepMs How long the step takes undisturbed.
 */
async function play(
  cluster: Cluster,
  { name, at }: Round,
  first: Population,
  expected: readonly unknown[],
  stepMs: number,
): Promise<void> {
  await using run = await first.twin();
  // A lie that is told once, of a birth, is found out where all is verified alone.
  if (name === "a liar joins") await run.configure(configuration(1));
  await cluster.staff(2);
  let hasHappened = false;
  const told = await evaluated(run, async () => {
    for (let start = 1;; start++) {
      const supervisor = cluster.supervise(run);
      const happen = async () => {
        hasHappened = true;
        await new Promise((resolve) => setTimeout(resolve, at * stepMs));
        await all[name]!(cluster, supervisor);
      };
      const failure = hasHappened ? undefined : happen();
      const { code, err } = await supervisor.ended;
      await failure;
      if (code === 0) return;
      assert(goesOn.has(code) && start < mostStarts, `${name} at ${at}: exit code ${code}: ${err}`);
    }
  });
  await cluster.settle();
  assertEquals(told, expected, `${name} at ${at}`);
  assertEquals(await cluster.left(), { EV_EVALUATIONS: 0, EV_REPLIES: 0 }, `${name} at ${at}`);
}
