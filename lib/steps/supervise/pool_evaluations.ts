/**
 * Evaluations that the program of a whole pool can run in the place of agents' own: which ones, and by what lines.
 *
 * @module
 */

import { buildHash } from "../../db/build_key.ts";
import { poolName } from "../../toolchain/programs.ts";
import { chooseGenes } from "../../genome/choice.ts";
import type { PoolProgram } from "../../isolation/isolation.ts";
import type { Artifacts } from "../../toolchain/artifacts.ts";
import { type Evaluation, genomeOf } from "./evaluation.ts";
import type { RunFacts } from "./run_facts.ts";

/** What tells which evaluations the program of a pool can run. */
export interface PoolParts {
  readonly facts: RunFacts;
  readonly artifacts: Artifacts;
}

/** The program of the present pool, proved, and the evaluations that it can run. */
export class PoolEvaluations implements PoolProgram {
  readonly #parts: PoolParts;
  readonly path: string;
  readonly sharedInputs: string;

  private constructor(parts: PoolParts, path: string) {
    const { poolJson, worldsJson } = parts.facts;
    this.#parts = parts;
    this.path = path;
    this.sharedInputs = `{"pool":${poolJson},"worlds":${worldsJson}}`;
  }

  /**
   * Proves the program of the pool.
   *
   * Needs read permission for the store.
   *
   * @returns Undefined if there is none, signed, for this pool and runtime.
   */
  static async find(parts: PoolParts): Promise<PoolEvaluations | undefined> {
    const proof = await parts.artifacts.program(poolName(parts.facts.due.pool));
    return proof.ok ? new PoolEvaluations(parts, proof.value) : undefined;
  }

  /** What a genome chooses, as JSON; undefined if what it is to run by was built of anything else, or not signed. */
  async choose(evaluation: Evaluation): Promise<string | undefined> {
    if (!await this.#isOfPool(evaluation)) return undefined;
    const { active, parameters } = chooseGenes(genomeOf(evaluation), this.#parts.facts.pool);
    return JSON.stringify({ active, parameters });
  }

  /** Whether what was built and signed for its genome is what it comes to in this pool, this world and this runtime. */
  async #isOfPool({ genome, genomeHash, codeHash, buildKey, buildHash: hash }: Evaluation): Promise<boolean> {
    const { facts: { due }, artifacts } = this.#parts;
    if (!genome || hash === null || buildKey === null || codeHash !== due.pool) return false;
    return await buildHash(buildKey, due.runtime) === hash && await artifacts.isSigned(hash, genomeHash);
  }
}
