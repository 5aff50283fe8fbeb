/**
 * What a cycle must come to for its failures to be the agents' own.
 *
 * @module
 */

import { controlGenome } from "../genome/control.ts";
import type { Pool } from "../genome/pool.ts";
import { type Failure, inFull } from "../isolation/outcome.ts";
import { causeOfEnd } from "../records/cause.ts";
import { StepFailed } from "../util/issue.ts";
import { type Bench, evaluated, type TwinResult } from "./evaluation.ts";
import type { Genotypes } from "./genotype.ts";
import type { CycleFacts } from "./population.ts";

/** Demands that the world is in order. */
export class Demands {
  readonly #bench: Bench;
  readonly #pool: Pool;
  readonly #genotypes: Genotypes;

  constructor(bench: Bench, pool: Pool, genotypes: Genotypes) {
    this.#bench = bench;
    this.#pool = pool;
    this.#genotypes = genotypes;
  }

  /**
   * Evaluates a genome in which nothing is active, once a cycle has its first failure.
   *
   * @throws {StepFailed} If that fails as well.
   */
  control({ cycle, worlds }: Pick<CycleFacts, "cycle" | "worlds">): void {
    const result = evaluated(this.#bench, {
      id: "control",
      kind: "judged",
      cycle,
      genotype: this.#genotypes.of(controlGenome(this.#pool)),
      past: { scores: [], present: [], bestScore: null, best: null },
      inbox: [],
      addresses: 0,
      memory: undefined,
      episodes: worlds.length,
    });
    if (result.ok) return;
    throw new StepFailed({
      code: "template.world",
      message: `Cannot evaluate as the world fails where no gene is active: ${inFull(result.failure)} Repair world.ts.`,
      path: "world.ts",
    });
  }

  /**
   * Demands that a cycle in which anything failed by no fault of the agents has a score.
   *
   * @throws {StepFailed} If it has none.
   */
  score(cycle: number, results: readonly TwinResult[]): void {
    const failures = results.flatMap((result) => result.ok ? [] : [result.failure]);
    if (failures.length < results.length) return;
    const shared = failures.find(({ outcome }) => causeOfEnd(outcome) !== "agent");
    if (shared) throw fruitless(cycle, failures.length, shared);
  }
}

function fruitless(cycle: number, total: number, failure: Failure): StepFailed {
  return new StepFailed({
    code: "template.world",
    message:
      `Cannot close cycle ${cycle} as at least one evaluation must give a score: of ${total} none did, and not ` +
      `all failed by the agents' own fault: ${inFull(failure)} Repair world.ts.`,
    path: "world.ts",
  });
}
