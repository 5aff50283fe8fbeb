/**
 * Kills at points, goes on, and tells whether the run ended as the one that nobody killed.
 *
 * @module
 */

import { stream } from "../../lib/runtime/random.ts";
import { differences } from "./_state.ts";
import type { Point, Stages } from "./_stages.ts";

/** What came of a kill. */
export interface Torn {
  readonly point: Point;
  /** Whether the point was reached: work that is spread over slots does not always come in the same order. */
  readonly killed: boolean;
  /** What differs from the run that nobody killed, or the error that stopped it. */
  readonly wrong: readonly string[];
}

/** Kills at one point, does the same command again, and does the rest of the run. */
export async function tear(stages: Stages, point: Point): Promise<Torn> {
  const paths = await stages.at(point.stage);
  try {
    const killed = await stages.kill(point, paths);
    const { after, end } = await stages.goOn(point.stage, paths);
    const wrong = [
      ...(await processesOf(paths.root)).map((line) => `left at work: ${line}`),
      ...differences(point.stage.after, after).map((line) => `after the step again: ${line}`),
      ...differences(point.stage.end(), end).map((line) => `at the end: ${line}`),
    ];
    return { point, killed, wrong };
  } catch (error) {
    return { point, killed: true, wrong: [(error as Error).message] };
  } finally {
    await stages.remove(paths);
  }
}

/** Kills at many points, so many at once; each in a run of its own. */
export async function tearAll(
  stages: Stages,
  points: readonly Point[],
  atOnce: number,
  onTorn: (torn: Torn, done: number) => void = () => {},
): Promise<Torn[]> {
  const torn: Torn[] = [];
  const queue = points.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const point of queue) {
      torn.push(await tear(stages, point));
      onTorn(torn.at(-1)!, torn.length);
    }
  }));
  return torn;
}

/** Command lines of processes that are at work on a run; it is that of a killed step's child if no step is at work. */
async function processesOf(root: string): Promise<string[]> {
  const { success, stdout } = await new Deno.Command("ps", { args: ["-eww", "-o", "args="], stderr: "null" }).output();
  if (!success) throw new Error("ps failed");
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line.includes(`${root}/`));
}

/** Instants drawn at random over the time that each stage takes. */
export function instants(stages: Stages, each: number, seed: string): Point[] {
  const random = stream(seed);
  return stages.stages.flatMap((stage) =>
    Array.from({ length: each }, (_, i): Point => {
      const at = { ms: random() * stage.ms, who: i % 2 === 0 ? "group" as const : "step" as const };
      return { stage, at, what: "whatever it does" };
    })
  );
}

/** Where a kill was, in words. */
export function told({ stage, at, what }: Point): string {
  const where = "ms" in at ? `${at.who} after ${at.ms.toFixed(1)} ms` : `${at.how} point ${at.point}`;
  return `${stage.name}, ${where}: ${what}`;
}
