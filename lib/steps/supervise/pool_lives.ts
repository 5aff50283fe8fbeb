/**
 * Lives that the program of a whole pool can live in the place of agents' own: which ones, and by what lines.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { forgetProgram } from "../../toolchain/commit.ts";
import { findPoolProgram } from "../../toolchain/pool_program.ts";
import { chooseGenes } from "../../genome/choice.ts";
import type { PoolProgram } from "../../isolation/isolation.ts";
import type { Artifacts } from "./artifacts.ts";
import { genomeOf, type Life } from "./life.ts";
import type { RunFacts } from "./run_facts.ts";

/** What tells which lives the program of a pool can live. */
export interface PoolParts {
  readonly listing: Listing;
  readonly facts: RunFacts;
  readonly artifacts: Artifacts;
}

/** The program of the present pool, proved, and the lives that it can live. */
export class PoolLives implements PoolProgram {
  readonly #parts: PoolParts;
  readonly path: string;
  readonly commons: string;

  private constructor(parts: PoolParts, path: string) {
    const { poolJson, worldsJson } = parts.facts;
    this.#parts = parts;
    this.path = path;
    this.commons = `{"pool":${poolJson},"worlds":${worldsJson}}`;
  }

  /**
   * Proves the program of the pool.
   *
   * Needs read permission for the store.
   *
   * @returns Undefined if there is none, signed, for this pool and runtime.
   */
  static async find(parts: PoolParts): Promise<PoolLives | undefined> {
    const { listing, facts: { due, pool }, artifacts } = parts;
    const row = findPoolProgram(listing, { ...due, policy: artifacts.policy });
    const proof = row && await artifacts.prove({ ...row, runtime: due.runtime, world: pool.worldHash });
    if (row && !proof!.ok) forgetProgram(listing, row.artifact, row.genome);
    return proof?.ok ? new PoolLives(parts, proof.value) : undefined;
  }

  /** What a genome chooses, as JSON; undefined if what it is to run by was built of anything else, or not signed. */
  async choose(life: Life): Promise<string | undefined> {
    if (!await this.#isOfPool(life)) return undefined;
    const { active, parameters } = chooseGenes(genomeOf(life), this.#parts.facts.pool);
    return JSON.stringify({ active, parameters });
  }

  /** Whether what was built and signed for its genome was made of this pool, this world and this runtime. */
  async #isOfPool({ kind, id, genome, genomeHash, codeHash, buildHash }: Life): Promise<boolean> {
    const { listing, facts: { due, pool }, artifacts } = this.#parts;
    if (!genome || buildHash === null || codeHash !== due.pool) return false;
    if (kind === "gestation" && !listing.get(parentQuery, id, buildHash, due.pool, due.runtime)) return false;
    const { runtime } = due;
    return await artifacts.isSigned({ artifact: buildHash, genome: genomeHash, runtime, world: pool.worldHash });
  }
}

/** Whether the parent that a newborn has its artifact from is still built as that, of the pool's code and the runtime. */
const parentQuery = `SELECT 1 FROM agents a JOIN agents p ON p.id = a.parents ->> '$[0].id'
  WHERE a.id = ? AND p.build_hash = ? AND p.code_hash = ? AND p.built_from LIKE '%:' || p.reach || ':' || ?`;
