/**
 * Evaluations that the program of a whole pool can run in the place of agents' own: which ones, and by what lines.
 *
 * @module
 */

import { buildHash } from "../../db/build_key.ts";
import { poolName } from "../../toolchain/programs.ts";
import type { SoughtPair } from "../../db/signed_statements.ts";
import { chooseGenes } from "../../genome/choice.ts";
import type { PoolProgram } from "../../isolation/isolation.ts";
import type { Artifacts } from "../../toolchain/artifacts.ts";
import { good } from "../../util/issue.ts";
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

  /** Evaluations, each that the program of the pool can run with what its genome chooses. */
  async chosenBy(evaluations: readonly Evaluation[]): Promise<Evaluation[]> {
    const { facts: { pool }, artifacts } = this.#parts;
    const pairs = await Promise.all(evaluations.map((one) => this.#pairOf(one)));
    const signed = await artifacts.areSigned(pairs.filter((pair) => pair !== undefined));
    return evaluations.map((evaluation, i) => {
      const { request } = evaluation;
      if (!pairs[i] || !signed.has(pairs[i]) || !request.ok) return evaluation;
      const { active, parameters } = chooseGenes(genomeOf(evaluation), pool);
      return { ...evaluation, request: good({ ...request.value, chosen: JSON.stringify({ active, parameters }) }) };
    });
  }

  /** What must be signed; undefined if what was built for its genome is not what that comes to in this pool and this runtime. */
  async #pairOf(
    { genome, genomeHash, codeHash, buildKey, buildHash: hash }: Evaluation,
  ): Promise<SoughtPair | undefined> {
    const { due } = this.#parts.facts;
    if (!genome || hash === null || buildKey === null || codeHash !== due.pool) return undefined;
    return await buildHash(buildKey, due.runtime) === hash ? { artifact: hash, genome: genomeHash } : undefined;
  }
}
