/**
 * The episodes of evaluations, as the listing keeps them.
 *
 * @module
 */

import type { WorldSeed, WorldSettings } from "../runtime/contract.ts";
import type { Trial } from "../selection/strategy.ts";

/** What the listing keeps of an evaluation's episodes. */
export interface KeptEpisodes {
  readonly cycle: number;
  readonly conditions: string | null;
  /** JSON: the score of each. */
  readonly scores: string;
  /** JSON: means of the measures, and the measures of each where the world has objectives or instances. */
  readonly measures: string;
  readonly episodes: string | null;
  readonly judged_violation: number;
}

/** Reads the episodes of evaluations. */
export class Trials {
  readonly #worldsOf: (cycle: number) => readonly WorldSeed[];
  readonly #settings: WorldSettings;
  readonly #known = new Map<number, readonly WorldSeed[]>();

  /** @param worldsOf The worlds of a cycle. */
  constructor(worldsOf: (cycle: number) => readonly WorldSeed[], settings: WorldSettings) {
    this.#worldsOf = worldsOf;
    this.#settings = settings;
  }

  /** The episodes of one evaluation, in the order of their worlds. */
  of({ cycle, conditions, scores, measures, episodes, judged_violation: violation }: KeptEpisodes): Trial[] {
    const worlds = this.#worlds(cycle);
    const each = episodes === null ? undefined : JSON.parse(episodes) as Record<string, number>[];
    const means = each ? {} : JSON.parse(measures) as Record<string, number>;
    return (JSON.parse(scores) as number[]).map((score, i) => ({
      cycle,
      instance: worlds[i]?.instance ?? null,
      seed: this.#settings.noisy ? worlds[i]?.seed ?? "" : "",
      environment: conditions ?? "",
      objectives: this.#objectives(score, each?.[i]),
      violation,
      measures: each?.[i] ?? means,
    }));
  }

  #worlds(cycle: number): readonly WorldSeed[] {
    let worlds = this.#known.get(cycle);
    if (!worlds) this.#known.set(cycle, worlds = this.#worldsOf(cycle));
    return worlds;
  }

  /** Where more is better in each. */
  #objectives(score: number, measures: Readonly<Record<string, number>> | undefined): number[] {
    const { objectives = [] } = this.#settings;
    if (objectives.length < 2 || measures === undefined) return [score];
    return objectives.map(({ name, sense }) => (sense === "minimise" ? -measures[name]! : measures[name]!) + 0);
  }
}
