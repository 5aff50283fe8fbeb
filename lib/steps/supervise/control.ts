/**
 * The control of a step: the same worlds, limits and isolation without any gene. It shows whether ends are the agents' own.
 *
 * @module
 */

import type { Outcome } from "../../records/outcome.ts";
import type { Listing } from "../../db/listing.ts";
import { findControl } from "../../toolchain/control.ts";
import { buildPolicy } from "../../toolchain/policy.ts";
import { type Failure, inFull } from "../../isolation/outcome.ts";
import { evaluate } from "../../isolation/evaluate.ts";
import type { Isolation } from "../../isolation/isolation.ts";
import { StepFailed } from "../../util/issue.ts";
import { type Evaluation, prepareEvaluation } from "./evaluation.ts";
import { type Bench, resultOf } from "./result.ts";

/** What stands for an agent's id in the random streams of the control. */
const controlId = "control";

/** Failures below this number say nothing of a share. */
const fewest = 4;

/** What a control is run with. */
export interface ControlParts extends Bench {
  readonly listing: Listing;
  readonly isolation: Isolation;
  /** Tells in which file and line a world failed. */
  readonly locate: (failure: Failure) => Promise<string>;
  /** How many evaluations the step is to make. */
  readonly total: number;
}

/**
 * Runs the control when the first evaluation of a step fails, and once more when a share of all has: what failed meanwhile
 * waits for it.
 */
export class Control {
  readonly #parts: ControlParts;
  #failures = 0;
  #first: Promise<void> | undefined;
  #again: Promise<void> | undefined;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the control has passed, so that a failure is the agent's own, or the world's over what that agent did.
   *
   * @throws {StepFailed} If the control fails as well: then nothing is to be recorded.
   */
  async admit(): Promise<void> {
    const { total, facts } = this.#parts;
    this.#failures++;
    this.#first ??= this.#pass();
    if (this.#failures >= Math.max(fewest, total * facts.config.control.share)) {
      this.#again ??= this.#first.then(() => this.#pass());
    }
    await (this.#again ?? this.#first);
  }

  async #pass(): Promise<void> {
    const evaluation = await this.#evaluation();
    const failure = await this.#failureOf(evaluation);
    // A machine that is short of something for a moment is given a second chance.
    if (!failure || !await this.#failureOf(evaluation)) return;
    throw stopped(failure, isOfWorld(failure) ? await this.#parts.locate(failure) : "");
  }

  async #failureOf(evaluation: Evaluation): Promise<Failure | undefined> {
    const { isolation } = this.#parts;
    const { end } = await resultOf(this.#parts, evaluation, await evaluate(isolation, evaluation.request, true));
    return end.ok ? undefined : end.failure;
  }

  async #evaluation(): Promise<Evaluation> {
    const { listing, facts, judge } = this.#parts;
    const { runtime, cycle, pool } = facts.due;
    const program = await findControl(listing, facts.pool, { runtime, policy: buildPolicy });
    if (!program) {
      throw new StepFailed({
        code: "control.missing",
        message: "Cannot tell whose fault a failed evaluation is as there must be a signed control of this world and " +
          "runtime; run `deno task build` again.",
      });
    }
    const { buildHash, genome, genomeHash } = program;
    return prepareEvaluation(listing, facts, undefined, {
      kind: cycle !== undefined && judge ? "judged" : "gestation",
      cycle: cycle ?? 0,
      ordinal: -1,
      id: controlId,
      genomeHash,
      codeHash: pool,
      reach: null,
      buildKey: null,
      buildHash,
      bestScore: null,
      bestGenomeHash: null,
      lastMs: 0,
    }, genome);
  }
}

const ofWorld: ReadonlySet<Outcome> = new Set(["world", "refused", "stack"]);

function isOfWorld({ outcome, artifact }: Failure): boolean {
  return ofWorld.has(outcome) && artifact === undefined;
}

/**
 * Why the step stops: what no gene can have brought about.
 *
 * @param place Where the world failed, if it did.
 */
function stopped(failure: Failure, place: string): StepFailed {
  const said = inFull(failure);
  if (failure.artifact) {
    return new StepFailed({ code: "control.missing", message: `The control can't be run: ${said}` });
  }
  if (isOfWorld(failure)) {
    return new StepFailed({
      code: "template.world",
      message: `Cannot evaluate as the world fails where no gene is active, in ${place}: ${said} Repair it and run ` +
        "`deno task init` again; nothing was recorded of the evaluations that failed.",
      path: place,
    });
  }
  switch (failure.outcome) {
    case "wall":
    case "cpu":
    case "memory":
    case "descriptors":
    case "output":
      return new StepFailed({
        code: "control.limits",
        message: `Cannot evaluate as an agent without any gene does not keep the limits either: ${said} Raise ` +
          `\`limits.${failure.limit?.name ?? failure.outcome}\` in config.json, or give the machine less other work; ` +
          "nothing was recorded of the evaluations that failed.",
        path: "workspace/config.json",
      });
    default:
      return new StepFailed({
        code: "machine.evaluation",
        message: `Cannot evaluate as on this machine an agent without any gene fails as well: ${said} Nothing was ` +
          "recorded of the evaluations that failed; run the step again when the machine is well.",
      });
  }
}
