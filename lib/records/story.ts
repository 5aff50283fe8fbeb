/**
 * Records of what an agent is and what became of it.
 *
 * @module
 */

import type { EvaluationKind } from "./evaluations.ts";
import type { ShownObjective } from "./objective.ts";
import type { Parent, RecordOf } from "./record.ts";
import type { Status } from "./status.ts";
import type { StoryFacts } from "./story_facts.ts";

/** An agent, alive or dead, in the order of creation. */
export interface AgentStatus extends RecordOf<"agent.status", string> {
  /** Its status. */
  readonly status: Status;
  /** Why it is not active; null where it is. */
  readonly reason: string | null;
  /** 0 for agents that `init` made. */
  readonly generation: number;
  /** The first gave genome and artifact. */
  readonly parents: readonly Parent[];
  /** Hash of its genome. */
  readonly genomeHash: string;
  /** Hash of the template's gene files and world that it has. */
  readonly codeHash: string;
  /** Key of its artifact; null where it has none. */
  readonly buildHash: string | null;
  /** Its score; null where it has none. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** The genome that the score belongs to. */
  readonly scoredGenomeHash: string | null;
  /** What it has left. */
  readonly energy: number;
  /** Failed evaluations in a row. */
  readonly crashes: number;
}

/** What a table tells of an agent besides. */
export interface StatusCells {
  readonly age?: number;
  readonly backoffUntilCycle?: number | null;
  readonly last?: string | null;
  readonly ms?: number | null;
  readonly pid?: number | null;
  readonly up?: string | null;
  readonly restarts?: number | null;
  readonly cpu?: string | null;
  readonly memory?: string | null;
}

/** Something that became of an agent, in order; last what it is now, unless it is dead. */
interface Explained extends RecordOf<"agent.explained", string> {
  /** The cycle's number. */
  readonly cycle: number;
  /** One sentence or more for people. */
  readonly reason: string;
}

/** The same with what programs need. */
export type AgentExplained = Explained & StoryFacts;

/** An evaluation that has ended, an end of a resident that nothing asked for, or a line that it wrote on stderr. */
export interface AgentLogged extends RecordOf<"agent.logged", string> {
  /** What it was for. */
  readonly kind: EvaluationKind | "resident" | "stderr";
  /** Absent for `stderr`. */
  readonly cycle?: number;
  /** Null for a resident, and for what has none; absent for `stderr`. */
  readonly score?: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** Milliseconds; null for a resident, and where no process was started; absent for `stderr`. */
  readonly wallMs?: number | null;
  /** Of a resident `ended`; absent for `stderr`. */
  readonly outcome?: string;
  /** The line that it wrote, of `stderr`. */
  readonly message?: string;
}
