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
import { examine } from "../../twin/exam.ts";
import type { Realm } from "../../twin/realm.ts";
import type { Issue } from "../../util/issue.ts";
import type { Bytes, Order } from "./order.ts";
import type { Result } from "./race.ts";

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
  of(purpose: string, genomes: readonly Bytes[], worlds: readonly WorldSeed[]): readonly Result[] {
    const { program, seed, config } = this.#order;
    const exam = { seed: deriveSeed(seed, purpose), config, genomes, worlds };
    return examine(program, this.#realm, exam).map(({ scores, violations, issue }) => {
      if (issue) this.#note(issue);
      return issue ? undefined : { score: mean(whole(scores)), violation: mean(whole(violations)) };
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
