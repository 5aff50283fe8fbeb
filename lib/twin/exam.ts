/**
 * Evaluates and judges genomes apart from any run.
 *
 * @module
 */

import { type Failure, issueOf } from "../isolation/outcome.ts";
import type { JudgedEpisode, WorldSeed } from "../runtime/contract.ts";
import { episodesOf } from "../source/instances.ts";
import { evaluated } from "./evaluation.ts";
import { type Genotype, Genotypes } from "./genotype.ts";
import type { TwinExam, TwinScore } from "./job.ts";
import type { TwinProgram } from "./program.ts";
import type { Realm } from "./realm.ts";

/**
 * What genomes come to in worlds. Needs no permission.
 *
 * All of them play one group of worlds after the other, each group in one evaluation: memory of a lifetime lasts within it.
 */
export function examine({ pool }: TwinProgram, realm: Realm, exam: TwinExam): TwinScore[] {
  const { seed, config, worlds } = exam;
  const bench = { realm, seed, world: pool.world, limits: config.limits };
  const genotypes = new Genotypes(pool);
  const scores = exam.genomes.map((bytes) => new Score(genotypes.of(bytes)));
  const size = episodesOf(pool.world, config.world.episodes);
  for (let from = 0, group = 1; from < worlds.length; from += size, group++) {
    const some = worlds.slice(from, from + size);
    realm.share("worlds", JSON.stringify(some));
    for (const score of scores) {
      score.add(score.isUsable ? judged(score.genotype, some, group) : undefined, some.length);
    }
  }
  return scores.map((score) => score.value);

  function judged(genotype: Genotype, some: readonly WorldSeed[], group: number) {
    return evaluated(bench, {
      id: genotype.hash,
      kind: "judged",
      cycle: group,
      genotype,
      past: { scores: [], present: [], bestScore: null, best: null },
      inbox: [],
      addresses: 0,
      memory: undefined,
      episodes: some.length,
    });
  }
}

/** What one genome came to so far. */
class Score {
  readonly genotype: Genotype;
  readonly #scores: (number | null)[] = [];
  readonly #violations: (number | null)[] = [];
  #failure: Failure | undefined;

  constructor(genotype: Genotype) {
    this.genotype = genotype;
  }

  get isUsable(): boolean {
    return this.genotype.issue === undefined;
  }

  add(result: ReturnType<typeof evaluated> | undefined, episodes: number): void {
    const judgements: readonly (JudgedEpisode | null)[] = result?.ok
      ? result.judgements
      : new Array<null>(episodes).fill(null);
    for (const one of judgements) {
      this.#scores.push(one && one.score);
      this.#violations.push(one && (one.violation ?? 0));
    }
    if (result && !result.ok) this.#failure ??= result.failure;
  }

  get value(): TwinScore {
    const { hash, issue } = this.genotype;
    const found = issue ?? (this.#failure && issueOf(this.#failure));
    return {
      genomeHash: hash,
      scores: this.#scores,
      violations: this.#violations,
      ...(found && { issue: found }),
    };
  }
}
