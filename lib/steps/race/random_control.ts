/**
 * Random search with a race at the run's own budget, beside the winner.
 *
 * @module
 */

import { expectedOf } from "../../evaluation/expected.ts";
import type { RunnableGenome } from "../../evaluation/field.ts";
import { decodeGenome } from "../../genome/codec.ts";
import type { ControlsFound, RandomControl } from "../../records/race.ts";
import { flag, runChild } from "../../step/child.ts";
import type { StepContext } from "../../step/context.ts";
import type { OpenField } from "../../toolchain/open_field.ts";
import type { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { sha256Now } from "../../util/hash_now.ts";
import { gainOf, type Ground, played, type Tested } from "./tested.ts";

/** What the control is of. */
export interface ControlParts {
  readonly ground: Ground;
  readonly open: OpenField;
  readonly programs: PoolPrograms;
  /** The winner, and what it did in the worlds to test with. */
  readonly winner: RunnableGenome;
  readonly found: Tested;
  /** Judged episodes. */
  readonly budget: number;
}

/**
 * Has the step `controls` search, and judges what it has chosen in the worlds in which the winner was judged.
 *
 * Where no world is unseen, both are judged in those of training. Needs run permission for `/bin/sh`.
 *
 * @throws {StepFailed} If the step failed.
 */
export async function randomControl(step: StepContext, parts: ControlParts): Promise<RandomControl> {
  const { ground, programs, open, winner, found, budget } = parts;
  const { type: _type, id: _id, ok: _ok, genome, ...search } = await searched(step, budget);
  const { isUnseen } = ground.test.worlds;
  const choice = genome === null ? undefined : await runnable(programs, genome);
  if (!choice) return { ...search, expected: null, gain: null, isUnseen };
  open.add([choice]);
  const own = await played(ground, choice);
  const expected = own ? expectedOf(own, ground.objective) : null;
  return { ...search, expected, gain: gainOf(isUnseen ? found : await played(ground, winner), own), isUnseen };
}

/** It runs genes of the template in its own process, which this one, that writes the listing, does not. */
async function searched(step: StepContext, budget: number): Promise<ControlsFound> {
  const { paths, workers, logLevel, quiet, signal } = step;
  let found: ControlsFound | undefined;
  await runChild({
    step: "controls",
    args: [
      ...flag("budget", budget),
      ...flag("run", paths.name),
      ...flag("workers", workers),
      ...flag("log-level", logLevel),
      ...(quiet ? ["--quiet"] : []),
    ],
    signal,
    onRecord: (record) => {
      if (record.type === "controls.found") found = record as unknown as ControlsFound;
    },
  });
  if (!found) throw new Error("controls has ended well and said nothing");
  return found;
}

/** What another process has found is read as if anything might be in it. */
async function runnable(programs: PoolPrograms, text: string): Promise<RunnableGenome> {
  const bytes = Uint8Array.fromBase64(text);
  const genome = decodeGenome(bytes);
  if (!genome.ok) throw new TypeError(genome.issue.message);
  const cut = await programs.cut(genome.value);
  if (cut === "lost") throw new Error("the present pool has its kit");
  return { ...cut, genomeHash: sha256Now(bytes), bytes, genome: genome.value };
}
