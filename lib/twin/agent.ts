/**
 * An agent of a twin: what the listing holds of one, in memory.
 *
 * @module
 */

import { type Metrics, metricsOf } from "../agents/metrics.ts";
import type { AgentAtStart } from "../db/evaluations.ts";
import { genomeDistance } from "../genome/diff.ts";
import type { Pool } from "../genome/pool.ts";
import type { Message } from "../runtime/contract.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Trial } from "../selection/strategy.ts";
import type { Issue } from "../util/issue.ts";
import type { Genotype } from "./genotype.ts";

/** How an agent came to be. */
export type Origin = "init" | "birth" | "copy" | "random";

/** What a judged evaluation came to that finished. */
export interface Judged {
  readonly cycle: number;
  /** The genome that earned it. */
  readonly genotype: Genotype;
  /** Hash of the conditions that it was earned under. */
  readonly conditions: string;
  /** Means over the episodes. */
  readonly score: number;
  readonly violation: number;
  readonly measures: Readonly<Record<string, number>>;
  readonly trials: readonly Trial[];
}

/** A score of the past. */
export interface PastScore {
  readonly score: number;
  /** Hash of the genome that earned it. */
  readonly genome: string;
  readonly conditions: string;
}

/** A parent, with the genome that it gave. */
export interface Parent {
  readonly id: string;
  readonly genotype: Genotype;
}

/** What an agent begins with. */
export interface Beginning {
  readonly id: string;
  /** Order of creation, from 0. */
  readonly ordinal: number;
  readonly kind: Origin;
  /** The cycle of its birth, 0 for those of `init`. */
  readonly born: number;
  readonly generation: number;
  readonly island: number;
  /** Its age when it was born, in cycles. */
  readonly birthAge: number;
  readonly parents: readonly Parent[];
  readonly genotype: Genotype;
  readonly energy: number;
}

/** An agent that is not dead. */
export class TwinAgent {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: Origin;
  readonly born: number;
  readonly generation: number;
  readonly island: number;
  readonly birthAge: number;
  readonly parents: readonly Parent[];
  stage: "newborn" | "adult";
  genotype: Genotype;
  /** Whether its genome has been looked at, as `scan` and `build` do at the beginning of a cycle. */
  isLookedAt = false;
  /** How often it has changed its genome. */
  mutations = 0;
  /** Why it is disabled, and since which cycle; absent: it is active. */
  disabled: { readonly code: string; readonly reason: string; readonly cycle: number } | undefined;
  energy: number;
  account: AgentAtStart = unscored;
  bestGenotype: Genotype | undefined;
  /** The first cycle in which it is due again. */
  backoffUntil = 0;
  /** JSON of the memory of its lifetime; absent where that is empty. */
  memory: string | undefined;
  /** Letters that it has not read, the newest last. */
  inbox: Message[] = [];
  /** Genomes of its other parents, until its gestation. */
  mates: readonly Genotype[];
  /** Scores of its judged cycles, the newest last. */
  readonly history: PastScore[] = [];
  judged: Judged | undefined;
  /** How its evaluation failed, and in which cycle. */
  failed: { readonly cycle: number; readonly outcome: string } | undefined;

  /** The genome that was looked at last. */
  #looked: Genome | undefined;
  /** Few fitnesses weigh what costs more than an evaluation does. */
  #measure: (() => Metrics) | undefined;

  constructor(beginning: Beginning) {
    this.id = beginning.id;
    this.ordinal = beginning.ordinal;
    this.kind = beginning.kind;
    this.born = beginning.born;
    this.generation = beginning.generation;
    this.island = beginning.island;
    this.birthAge = beginning.birthAge;
    this.parents = beginning.parents;
    this.genotype = beginning.genotype;
    this.stage = beginning.kind === "birth" ? "newborn" : "adult";
    this.mates = beginning.parents.slice(1).map(({ genotype }) => genotype);
    this.energy = beginning.energy;
  }

  get isActive(): boolean {
    return this.disabled === undefined;
  }

  /** Disables it, unless it is disabled already. */
  disable(cycle: number, { code, message }: { readonly code: string; readonly message: string }): void {
    this.disabled ??= { code, reason: message, cycle };
  }

  /** Looks at its genome, as `scan` and `build` do; gives what is wrong with it. */
  look(pool: Pool): Issue | undefined {
    const { genome, issue } = this.genotype;
    const before = this.#looked ?? this.parents[0]?.genotype.genome;
    const isOther = before !== undefined && before !== genome;
    if (genome && (isOther || !this.#looked)) {
      const { mutations } = this;
      this.#measure = () => metricsOf(genome, pool, isOther ? genomeDistance(before, genome) : 0, mutations);
      this.#looked = genome;
    }
    this.isLookedAt = true;
    return issue;
  }

  /** What was measured of its genome when it was looked at. */
  get metrics(): Metrics | undefined {
    return this.#measure?.();
  }

  /** Makes it active again where it was disabled for failures in other circumstances. */
  revive(circumstances: string): void {
    if (!this.disabled?.code.startsWith("evaluation.") || this.account.failedUnder === circumstances) return;
    this.disabled = undefined;
    this.account = { ...this.account, crashes: 0 };
    this.backoffUntil = 0;
  }

  /** Gives it another genome: score and memory belong to the one that it leaves. */
  change(genotype: Genotype): void {
    this.genotype = genotype;
    this.mutations++;
    this.isLookedAt = false;
    this.account = { ...this.account, score: null, scoredGenomeHash: null, scoredReach: null, scoreCycles: 0 };
    this.memory = undefined;
  }
}

/** What an agent has that was not evaluated yet. */
export const unscored: AgentAtStart = {
  score: null,
  scoredGenomeHash: null,
  scoredReach: null,
  scoreCycles: 0,
  violation: 0,
  bestScore: null,
  bestViolation: 0,
  bestGenomeHash: null,
  crashes: 0,
  failedUnder: null,
};
