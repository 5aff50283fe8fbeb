/**
 * Costs of configurations, by the judge of twins.
 *
 * @module
 */

import type { Judge, Result } from "../../lib/arms/judge.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import type { WorldSeed } from "../../lib/runtime/contract.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { type Configuration, genomeIn, type Space } from "./space.ts";

/** More than any score costs: what breaks something costs that and how much, what fails twice that. */
const broken = 1e6;

/** Evaluates configurations of a space, and counts. */
export class Evaluator {
  readonly #space: Space;
  readonly #pool: Pool;
  readonly #judge: Pick<Judge, "of">;
  readonly #worlds: readonly WorldSeed[];
  /** Judged episodes so far. */
  episodes = 0;

  /** @param worlds Those in which configurations are evaluated. */
  constructor(space: Space, pool: Pool, judge: Pick<Judge, "of">, worlds: readonly WorldSeed[]) {
    this.#space = space;
    this.#pool = pool;
    this.#judge = judge;
    this.#worlds = worlds;
  }

  /**
   * What a configuration costs, less is better: its score with the sign turned.
   *
   * @param place The world, from 0. @default the mean over all worlds
   * @throws {Error} If there is no such world, or the configuration is none.
   */
  async cost(asked: Configuration, place?: number): Promise<number> {
    const worlds = place === undefined ? this.#worlds : this.#worlds.slice(place, place + 1);
    if (worlds.length === 0) throw new Error(`There is no world ${place}.`);
    this.episodes += worlds.length;
    const purpose = place === undefined ? "training" : `training ${place}`;
    const [result] = await this.#judge.of(purpose, [this.genome(asked)], worlds);
    return costOf(result);
  }

  /** The bytes of the genome that a configuration means. */
  genome(asked: Configuration): Uint8Array {
    return toBytes(genomeIn(this.#space, this.#pool, asked));
  }
}

function costOf(result: Result): number {
  return result === undefined ? 2 * broken : result.violation > 0 ? broken + result.violation : -result.score;
}
