/**
 * The world of one episode, begun from its seeds: what an evaluation and its judge have in common.
 *
 * @module
 */

import type { Agent, WorldSeed } from "./contract.ts";
import { EvaluationFailure, failureOf } from "./failure.ts";
import { type Random, stream } from "./random.ts";

const { freeze } = Object;
const { isFinite } = Number;

/** The world's side of one episode. Random numbers can be drawn in `begin` and `act` only: the judge replays just these. */
export class Stage {
  readonly #world: Agent["world"];
  readonly #state: unknown;
  #drawing = true;

  /**
   * Begins an episode.
   *
   * @param world The template's world.
   * @param seed What the episode begins with.
   * @param genes Active genes that cost something in each step.
   * @throws {EvaluationFailure} `world`, if the world throws.
   */
  constructor(world: Agent["world"], seed: WorldSeed, genes: number) {
    this.#world = world;
    const { environment, steps, instance = 0 } = seed;
    try {
      this.#state = world.begin(freeze({
        random: this.#guarded(stream(seed.seed)),
        layout: this.#guarded(stream(seed.layout)),
        environment: freeze({ ...environment }),
        steps,
        genes,
        instance,
      }));
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#begin", "world");
    }
    this.#drawing = false;
  }

  /** What the agent perceives: a frozen copy. */
  perceive(): Readonly<Record<string, number>> {
    let seen: Record<string, number>;
    try {
      seen = { ...this.#world.perceive(this.#state) };
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#perceive", "world");
    }
    for (const name in seen) if (!isFinite(seen[name])) throw broken("perceive", `number as ${name}`);
    return freeze(seen);
  }

  /** Applies an action and gives the reward. */
  act(action: number): number {
    this.#drawing = true;
    let reward: number;
    try {
      reward = this.#world.act(this.#state, action);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#act", "world");
    }
    this.#drawing = false;
    if (!isFinite(reward)) throw broken("act", "reward");
    return reward;
  }

  /** Whether the episode is over before its last step. */
  finished(): boolean {
    try {
      return this.#world.finished(this.#state) === true;
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#finished", "world");
    }
  }

  /** What the world makes of it: unchecked. */
  judge(): unknown {
    try {
      return this.#world.judge(this.#state);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#judge", "world");
    }
  }

  #guarded(random: Random): Random {
    return () => {
      if (!this.#drawing) throw new EvaluationFailure("world", "world.ts drew a random number outside begin and act");
      return random();
    };
  }
}

function broken(name: string, what: string): EvaluationFailure {
  return new EvaluationFailure("world", `world.ts#${name} must give a finite ${what}`);
}
