/**
 * Genomes judged in worlds that are named.
 *
 * @module
 */

import { isLimit } from "../isolation/outcome.ts";
import type { Outcome } from "../records/outcome.ts";
import { mean } from "../run/means.ts";
import type { WorldSeed } from "../runtime/contract.ts";
import { deriveSeed } from "../runtime/random.ts";
import type { Played } from "../selection/race.ts";
import { examine } from "../twin/exam.ts";
import type { TwinExam, TwinScore } from "../twin/job.ts";
import type { Realm } from "../twin/realm.ts";
import type { Bytes, Ground } from "./plan.ts";

/** What a genome came to in some worlds; undefined where an evaluation failed. */
export type Result = { readonly score: number; readonly violation: number } | undefined;

/** Where genomes are evaluated: the same exam gives the same, wherever. */
export type Examine = (exam: TwinExam) => Promise<readonly TwinScore[]>;

/** The realm of this thread, as a place to evaluate genomes. */
export function inRealm({ program }: Pick<Ground, "program">, realm: Realm): Examine {
  return (exam) => Promise.resolve(examine(program, realm, exam));
}

/** The judge of one run of an arm. */
export class Judge {
  readonly #ground: Pick<Ground, "seed" | "config">;
  readonly #examine: Examine;
  /** Genomes of which an evaluation was ended by a limit of the machine. */
  limited = 0;

  constructor(ground: Pick<Ground, "seed" | "config">, examine: Examine) {
    this.#ground = ground;
    this.#examine = examine;
  }

  /**
   * Means of genomes over worlds, in the order of the genomes.
   *
   * @param purpose Names the random streams of the genes.
   */
  async of(purpose: string, genomes: readonly Bytes[], worlds: readonly WorldSeed[]): Promise<Result[]> {
    const each = await this.each(purpose, genomes, worlds);
    return each.map((played) => played && { score: mean(played.scores), violation: mean(played.violations) });
  }

  /** What genomes come to in each of the worlds, as {@linkcode of}; undefined where one failed. */
  async each(
    purpose: string,
    genomes: readonly Bytes[],
    worlds: readonly WorldSeed[],
  ): Promise<(Played | undefined)[]> {
    const { seed, config } = this.#ground;
    const found = await this.#examine({ seed: deriveSeed(seed, purpose), config, genomes, worlds });
    return found.map(({ scores, violations, issue }) => {
      if (issue && isLimit(issue.code.replace(/^evaluation\./, "") as Outcome)) this.limited++;
      return issue ? undefined : { scores: whole(scores), violations: whole(violations) };
    });
  }
}

/** Without an issue there is a number in each world. */
function whole(values: readonly (number | null)[]): number[] {
  return values.map((value) => value!);
}
