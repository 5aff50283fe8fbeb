/**
 * Records of selection and of cycles.
 *
 * @module
 */

import type { CycleStatistics } from "./cycle.ts";
import type { Parent, RecordOf } from "./record.ts";

/** An agent that selection has let die. */
export interface AgentDied extends RecordOf<"agent.died", string> {
  /** `died.rank`, `died.energy` or `died.disabled`. */
  readonly code: string;
  /** The same in words. */
  readonly reason: string;
}

/** An agent that was born. */
export interface AgentBorn extends RecordOf<"agent.born", string> {
  /** How it came about. */
  readonly kind: BirthKind;
  /** 1 more than the highest of its parents'. */
  readonly generation: number;
  /** The first gave genome and artifact, the others their genomes. */
  readonly parents: readonly Parent[];
  /** Hash of its genome. */
  readonly genomeHash: string;
}

/** `birth`: its gestation is due; `copy`: it is as the one that it is a copy of; `random`: its genome was drawn. */
export type BirthKind = "birth" | "copy" | "random";

/** A result that can't be ranked; never `ok`. */
export type AgentUnranked = RecordOf<"agent.unranked", string>;

/** A cycle, when all its steps are done. */
export interface CycleFinished extends RecordOf<"cycle.finished", null>, CycleStatistics {}
