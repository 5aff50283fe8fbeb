/**
 * What can become of an agent, as `explain` tells it to programs.
 *
 * @module
 */

import type { Cause } from "./cause.ts";
import type { EvaluationKind } from "./evaluations.ts";
import type { ChangeTrigger } from "./events.ts";
import type { ShownObjective } from "./objective.ts";
import type { LimitReached } from "./outcome.ts";
import type { Parent } from "./record.ts";
import type { BirthKind } from "./selection.ts";
import type { Status } from "./status.ts";

/** One locus at which two genomes differ; null: the genome lacks it. */
export interface LocusChange {
  /** Such as `src/rl.ts`, `src/rl.ts#learn` or `src/rl.ts:rate`. */
  readonly locus: string;
  /** What it was. */
  readonly before: boolean | number | null;
  /** What it is. */
  readonly after: boolean | number | null;
}

/** Why an agent was built: no artifact, something has changed, enabled again, not signed under the policy, or lost. */
export type BuildTrigger = "unbuilt" | "changed" | "again" | "unsigned" | "lost";

interface Fact<Event extends string> {
  readonly event: Event;
}

/** `init` has made it. */
export interface CreatedFact extends Fact<"created"> {
  /** Its number among the agents that `init` has made, from 0. */
  readonly index: number;
  /** The genome. */
  readonly genomeHash: string;
  /** Where it comes from, a file or `RUN:ID`; absent: it was drawn. */
  readonly from?: string;
}

/** Selection gave it a genome; `copied` is one of an elite. */
export interface BornFact extends Fact<"born" | "copied"> {
  /** The first gave genome and artifact. */
  readonly parents: readonly Parent[];
  /** 0 for agents that `init` made. */
  readonly generation: number;
}

/** It was built, or could not be. */
export interface BuiltFact extends Fact<"built" | "refused"> {
  /** Why it was due. */
  readonly trigger: BuildTrigger;
  /** Null where it could not be built. */
  readonly artifact: string | null;
  /** Of the genome since the build before. */
  readonly changes?: readonly LocusChange[];
  /** Why it could not be built. */
  readonly code?: string;
  /** The same in words. */
  readonly message?: string | null;
}

/** What an [evaluator](evaluators.md) had replied counts no more, and it was evaluated again. */
export interface WithdrawnFact extends Fact<"withdrawn"> {
  /** What it was for. */
  readonly kind: EvaluationKind;
  /** Name of the evaluator that had replied. */
  readonly evaluator: string;
  /** Name of the one that was dropped for a lie: the same, or another one while it was new itself. */
  readonly dropped: string;
  /** Id of the agent about whose evaluation it lied. */
  readonly about: string;
}

/** An evaluation of it has ended, or failed; without an outcome it has not ended yet. */
export interface EvaluatedFact extends Fact<"evaluated" | "failed"> {
  /** What it was for. */
  readonly kind: EvaluationKind;
  /** How it ended. */
  readonly outcome: string | null;
  /** The score; null where there is none. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** How far what it did breaks what must hold; absent where nothing is broken. */
  readonly violation?: number;
  /** Actions that were missing or out of a declared space; absent where there are none. */
  readonly invalid?: number;
  /** Name of the [evaluator](evaluators.md) that has run it; absent where it was run at home. */
  readonly evaluator?: string;
  /** A gene drew a random number though the world is not noisy; absent where none did. */
  readonly drew?: true;
  /** Milliseconds; null where no process was started. */
  readonly wallMs: number | null;
  /** Which start it was, from 1. */
  readonly attempt: number;
  /** The genome. */
  readonly genomeHash: string;
  /** The genome that the agent decided on; null where it keeps its own. */
  readonly genomeAfter: string | null;
  /** What it is due to. */
  readonly cause?: Cause;
  /** What happened, in words. */
  readonly message?: string;
  /** The limit that it has reached, where that ended it. */
  readonly limit?: LimitReached;
}

/** Its resident has ended, which nothing asked for. */
export interface EndedFact extends Fact<"ended"> {
  /** What happened, in words. */
  readonly message: string;
  /** How often it was started again so far. */
  readonly restarts: number;
}

/** It is not due for a while, after failed evaluations. */
export interface BackoffFact extends Fact<"backoff"> {
  /** Failed evaluations in a row. */
  readonly crashes: number;
  /** First cycle in which it is due again. */
  readonly backoffUntilCycle: number;
}

/** It has another genome by its own decision, or (`edited`) other files by an edit. */
export interface ChangedFact extends Fact<"changed" | "edited"> {
  /** What it is due to. */
  readonly trigger: ChangeTrigger;
  /** What it was. */
  readonly before: string;
  /** The genome. */
  readonly genomeHash: string;
  /** Hash of gene files and world. */
  readonly codeHash: string;
  /** Null where one of the two genomes is not kept. */
  readonly changes: readonly LocusChange[] | null;
}

/** It was disabled, or died. */
export interface EndingFact extends Fact<"disabled" | "died"> {
  /** Of the reason. */
  readonly code: string;
  /** What it is due to. */
  readonly cause: Cause | undefined;
}

/** Its artifact was refused when it was to start, and is built again. */
export interface WithheldFact extends Fact<"withheld"> {
  /** Of the reason. */
  readonly code: string;
  /** Key of the artifact. */
  readonly artifact: string | null;
}

/** It is active again. */
export interface EnabledFact extends Fact<"enabled"> {
  /** What it is due to. */
  readonly trigger: ChangeTrigger;
}

/** A child, and what its parent gave. */
export interface Child {
  /** The agent's id. */
  readonly id: string;
  /** What it was for. */
  readonly kind: BirthKind;
  /** Whether it is the first parent, which gave genome and artifact. */
  readonly first: boolean;
}

/** Selection has ranked it. */
export interface RankedFact extends Fact<"ranked"> {
  /** The strategy that selected. */
  readonly strategy: string | null;
  /** Its place, from 1. */
  readonly place: number;
  /** How many were ranked. */
  readonly ranked: number;
  /** The score; null where there is none. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** How far it breaks what must hold, so that it ranks after all that is feasible; absent where nothing is broken. */
  readonly violation?: number;
  /** What it was ranked by. */
  readonly fitness: number | null;
  /** Its place in the race of the cycle; absent where that has not kept it, or there was none. */
  readonly race?: number;
  /** Whether its genome is kept. */
  readonly elite: boolean;
  /** Tournaments that it was drawn for; null where there are none. */
  readonly drawn: number | null;
  /** Those that it won. */
  readonly won: number | null;
  /** Its children of that cycle. */
  readonly children: readonly Child[];
}

/** The fitness module gave no number for it. */
export type UnrankedFact = Fact<"unranked">;

/** What it is at present. */
export interface NowFact extends Fact<"now"> {
  /** Its status. */
  readonly status: Status;
  /** 0 for agents that `init` made. */
  readonly generation: number;
  /** The score; null where there is none. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** What it has left. */
  readonly energy: number;
}

/** Something that became of an agent, or what it is now. */
export type StoryFacts =
  | CreatedFact
  | BornFact
  | BuiltFact
  | EvaluatedFact
  | WithdrawnFact
  | EndedFact
  | BackoffFact
  | ChangedFact
  | EndingFact
  | WithheldFact
  | EnabledFact
  | RankedFact
  | UnrankedFact
  | NowFact;
