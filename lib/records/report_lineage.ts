/**
 * Records of a report: descent and births.
 *
 * @module
 */

import type { RecordOf } from "./record.ts";
import type { ChangeReport } from "./report_cycle.ts";

/** The descendants of one founder. */
export interface CladeReport {
  /** Id of the founder. */
  readonly founder: string;
  /** Its place in the order of creation, from 0. */
  readonly ordinal: number;
  /** Active agents in it now. */
  readonly active: number;
  /** `active` of all active agents. */
  readonly share: number;
  /** All agents that ever belonged to it, the founder included. */
  readonly members: number;
  /** Greatest generation reached in it; founders are of generation 0. */
  readonly depth: number;
  /** Its members alive at the end of each cycle, from cycle 0. */
  readonly alive: readonly number[];
}

/** What a birth changed of the genome that it began with. */
export interface GeneChanges {
  /** Genes that are active in the child alone. */
  readonly gained: readonly string[];
  /** Genes that are active in the parent alone. */
  readonly lost: readonly string[];
  /** Numbers of parameters of active files that differ. */
  readonly parameters: number;
}

/** An agent in the line that led to the best one. */
export interface AncestorReport {
  /** Its id. */
  readonly id: string;
  /** The cycle of its birth. */
  readonly born: number;
  /** Its generation. */
  readonly generation: number;
  /** `init`, `birth`, `copy` or `random`. */
  readonly kind: string;
  /** What it changed of its first parent's genome; absent of the first ancestor, and where a genome is not kept. */
  readonly changes?: GeneChanges;
}

/** A part of the lineage: an agent with its descendants, those of another branch left out. */
export interface BranchReport {
  /** Id of the agent at its root. */
  readonly root: string;
  /** The cycle of its birth. */
  readonly born: number;
  /** Its generation. */
  readonly generation: number;
  /** Root of the branch that it grew out of; null for none of those listed. */
  readonly from: string | null;
  /** What its root had changed of its parent's genome; absent of a founder, and where a genome is not kept. */
  readonly changes?: GeneChanges;
  /** Active agents in it now. */
  readonly active: number;
  /** Its members alive at the end of each cycle, from cycle 0. */
  readonly alive: readonly number[];
}

/** The lineage of a run. */
export interface LineageReport {
  /** Agents that `init` made. */
  readonly founders: number;
  /** Founders that have active descendants, or are active themselves. */
  readonly surviving: number;
  /** Mean generation of the active agents. */
  readonly meanGeneration: number | null;
  /** The greatest generation of the active agents. */
  readonly depth: number;
  /** The latest agent that all active ones descend from or are; null where there is none. */
  readonly commonAncestor: { readonly id: string; readonly generation: number; readonly born: number } | null;
  /** Agents alive at the end of each cycle, from cycle 0. */
  readonly alive: readonly number[];
  /** In how many clades they are, by cycle. */
  readonly clades: readonly number[];
  /** The largest clades: by what is active now, then by members over time. */
  readonly largest: readonly CladeReport[];
  /** The branches that show most of the course of the lineage, by the creation of their roots. */
  readonly branches: readonly BranchReport[];
  /** The best agent and its ancestors, the agent first, at most a hundred; absent where there is none. */
  readonly ancestry?: readonly AncestorReport[];
}

/** Newborns of one cycle. */
export interface BirthCycleReport {
  /** Its number. */
  readonly cycle: number;
  /** Births with gestation. */
  readonly births: number;
  /** Genomes that were born again without gestation. */
  readonly copies: number;
  /** Genomes that were drawn at random. */
  readonly random: number;
  /** Newborns of `births` that came to nothing: disabled before they had a result. */
  readonly unviable: number;
}

/** Births over all cycles. */
export interface BirthReport {
  /** Births with gestation. */
  readonly births: number;
  /** Elites that were made again without gestation. */
  readonly copies: number;
  /** Newborns of `births` that came to nothing. */
  readonly unviable: number;
  /** `1 - unviable / births`, null without births. */
  readonly viableShare: number | null;
  /** What the gestations did to the genomes. */
  readonly gestations: ChangeReport;
  /** Judged evaluations after which an adult took up another genome. */
  readonly adapted: number;
  /** Judged evaluations with an outcome. */
  readonly judged: number;
  /** The same by cycle. */
  readonly cycles: readonly BirthCycleReport[];
  /** What genes of phase `birth` did in the last 20 cycles, as far as these are kept whole. */
  readonly operators: readonly OperatorReport[];
}

/** A gene of phase `birth`. A gestation counts for each of them that was on: which has changed something is not recorded. */
export interface OperatorReport {
  /** Path of its file and its name. */
  readonly gene: string;
  /** Finished gestations in which it was on. */
  readonly gestations: number;
  /** Of these, those in which no other was. */
  readonly alone: number;
  /** Those after which the genome was another one. */
  readonly changed: number;
  /** Of these, those whose child and parent were judged in the same worlds. */
  readonly compared: number;
  /** Mean of what the child scored more than its parent, with its 95 % interval; null where none are compared. */
  readonly gain: { readonly mean: number; readonly low: number | null; readonly high: number | null } | null;
}

/** The lineage of the population. */
export interface ReportLineage extends RecordOf<"report.lineage", null>, Omit<LineageReport, "largest" | "branches"> {}

/** One of the largest clades; its id is the founder's. */
export interface ReportClade extends RecordOf<"report.clade", string>, CladeReport {}

/** A branch that shows most of the course of the lineage; its id is the root's. */
export interface ReportBranch extends RecordOf<"report.branch", string>, BranchReport {}

/** An agent in the line that led to the best one. */
export interface ReportAncestor extends RecordOf<"report.ancestor", string>, Omit<AncestorReport, "id"> {}

/** What births came to. */
export interface ReportBirths extends RecordOf<"report.births", null>, BirthReport {}
