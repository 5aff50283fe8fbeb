/**
 * Genomes judged in worlds that are named.
 *
 * @module
 */

import { isLimit } from "../../isolation/outcome.ts";
import type { Outcome } from "../../records/outcome.ts";
import { mean } from "../../run/means.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { deriveSeed } from "../../runtime/random.ts";
import type { Played } from "../../selection/race.ts";
import { examine } from "../../twin/exam.ts";
import type { Realm } from "../../twin/realm.ts";
import type { Issue } from "../../util/issue.ts";
import type { Bytes, Order } from "./order.ts";

/** What a genome came to in some worlds; undefined where an evaluation failed. */
export type Result = { readonly score: number; readonly violation: number } | undefined;

/** The judge of one run of an arm. */
export class Judge {
  readonly #realm: Realm;
  readonly #order: Order;
  /** Genomes of which an evaluation was ended by a limit of the machine. */
  limited = 0;

  constructor(realm: Realm, order: Order) {
    this.#realm = realm;
    this.#order = order;
  }

  /**
   * Means of genomes over worlds, in the order of the genomes.
   *
   * @param purpose Names the random streams of the genes.
   */
  of(purpose: string, genomes: readonly Bytes[], worlds: readonly WorldSeed[]): Result[] {
    return this.each(purpose, genomes, worlds).map((played) =>
      played && { score: mean(played.scores), violation: mean(played.violations) }
    );
  }

  /** What genomes come to in each of the worlds, as {@linkcode of}; undefined where one failed. */
  each(purpose: string, genomes: readonly Bytes[], worlds: readonly WorldSeed[]): (Played | undefined)[] {
    const { program, seed, config } = this.#order;
    const exam = { seed: deriveSeed(seed, purpose), config, genomes, worlds };
    return examine(program, this.#realm, exam).map(({ scores, violations, issue }) => {
      if (issue) this.#note(issue);
      return issue ? undefined : { scores: whole(scores), violations: whole(violations) };
    });
  }

  #note({ code }: Issue): void {
    if (isLimit(code.replace(/^evaluation\./, "") as Outcome)) this.limited++;
  }
}

/** Without an issue there is a number in each world. */
function whole(values: readonly (number | null)[]): number[] {
  return values.map((value) => value!);
}
