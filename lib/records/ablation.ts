/**
 * Records of an ablation: what each gene of a genome is worth, and the smallest genome that keeps the score.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";
import type { Expected } from "./race.ts";
import type { RecordOf } from "./record.ts";

/** A mean difference with its interval. */
export interface Difference {
  /** The mean, in the sense of the objective: more is better. */
  readonly mean: number;
  /** Lower end of the interval of 95 %; null where nothing is unseen, or there are too few episodes for one. */
  readonly low: number | null;
  /** Upper end of it. */
  readonly high: number | null;
}

/** What is shown of a gene. */
export type Verdict = "helps" | "harms" | "no effect" | "not shown" | "lethal" | "failed";

/** What a gene is worth: a genome with it beside the same one without it. */
export interface GeneEffect {
  /** A gene, such as `src/rl.ts#learn`; or a file, of which all genes are off at once. */
  readonly gene: string;
  /** When the gene is called; null: by other genes alone; absent: it is a file. */
  readonly phase?: string | null;
  /** What is shown; `no effect`: it came to the same in every episode. */
  readonly verdict: Verdict;
  /** What is compared; `violation`, the less the better, where genomes break what must hold, unequally. */
  readonly of: "score" | "violation";
  /** How much better it is with the gene than without it; null where that was not to be judged. */
  readonly effect: Difference | null;
  /** The two-sided p-value of the paired permutation test; null where there is no effect, or nothing is unseen. */
  readonly p: number | null;
  /** The same, adjusted by Holm over all that are compared. */
  readonly adjusted: number | null;
  /** Why it is lethal, has failed or has no effect; absent where that is not known. */
  readonly reason?: string;
}

/** What was left out at once. */
export interface LeftOut {
  /** The genes: one that could be spared, and those that can't link without it. */
  readonly genes: readonly string[];
  /** What is lost up to here, in the episodes by which that is decided. */
  readonly loss: number;
  /** How many genes are left. */
  readonly left: number;
}

/** A gene that is left. */
export interface KeptGene {
  /** Its name. */
  readonly gene: string;
  /** What would be lost without it and what calls it; null where the rest fails, or breaks what must hold. */
  readonly loss: number | null;
}

/** The smallest genome that was found to keep the score. */
export interface SmallestGenome {
  /** Its hash. */
  readonly genomeHash: string;
  /** Its genes, and what leaving out each of them would lose. */
  readonly genes: readonly KeptGene[];
  /** What is to be expected of it; null where it failed, or nothing is unseen. */
  readonly expected: Expected | null;
  /** How much less that is than the whole genome's, in the same episodes; null likewise. */
  readonly loss: Difference | null;
  /** Whether it keeps the score: `kept`, no more than the margin is lost; `lost`, more than that; or neither is shown. */
  readonly verdict: "kept" | "lost" | "not shown";
}

/** What an ablation came to. */
export interface AblationReport {
  /** The agent that had the genome. */
  readonly agent: string;
  /** Its hash. */
  readonly genomeHash: string;
  /** How many genes are active in it. */
  readonly active: number;
  /** Episodes by which effects are judged; all of them are seen ones where `unexpected` says so. */
  readonly episodes: number;
  /** What is to be expected of the whole genome; null where nothing is unseen. */
  readonly expected: Expected | null;
  /** Why nothing is expected: `no unseen instance`; absent where something is. */
  readonly unexpected?: string;
  /** What the values are of; absent where the world gives scores itself. */
  readonly objective?: Objective;
  /** Episodes by which it is decided what is left out. */
  readonly ablationEpisodes: number;
  /** How much may be lost in these at most. */
  readonly margin: number;
  /** Whether genes of phase `birth` were to stay. */
  readonly fertile: boolean;
  /** The smallest genome that was found to keep the score. */
  readonly smallest: SmallestGenome;
}

/** What a gene is worth. */
export interface AblationGene extends RecordOf<"ablation.gene", string>, GeneEffect {}

/** What was left out at once. */
export interface AblationStep extends RecordOf<"ablation.step", string>, LeftOut {}

/** What an ablation came to. */
export interface AblationFinished extends RecordOf<"ablation.finished", string>, AblationReport {
  /** The file that the smallest genome was written into; absent: into none. */
  readonly out?: string;
}
