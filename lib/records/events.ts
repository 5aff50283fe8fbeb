/**
 * Events: what a run tells the world. Steps record them in the listing; `hooks` delivers them.
 *
 * @module
 */

import type { Cause } from "./cause.ts";
import type { CycleStatistics } from "./cycle.ts";
import type { EvaluationKind } from "./evaluations.ts";
import type { LimitReached, Outcome } from "./outcome.ts";
import type { Parent } from "./record.ts";
import type { BirthKind } from "./selection.ts";
import type { Issue } from "../util/issue.ts";
import type { Status } from "./status.ts";

/** `init` made an agent. */
export interface Created {
  /** Its number among the agents that `init` has made, from 0. */
  readonly index: number;
  /** Hash of its genome. */
  readonly genomeHash: string;
  /** Hash of the template's gene files and world that it has. */
  readonly codeHash: string;
  /** Where its genome comes from, a file or `RUN:ID`; absent: it was drawn. */
  readonly from?: string;
}

/**
 * Why an agent is another one than before: it took up a genome that it decided on (`judged`, `gestation`), its files were
 * edited, or it is active again (`repaired`, `built`, `enabled`).
 */
export type ChangeTrigger = "judged" | "gestation" | "edited" | "repaired" | "built" | "enabled";

/** An agent has another genome, other code, or is active again. */
export interface Changed {
  /**
   * `judged` or `gestation`: it took up a genome that it decided on in such an evaluation; `edited`: `scan` found its files
   * edited; and where it is active again `repaired` (by `scan`, as what was wrong with it has changed), `built` (by
   * `build`) or `enabled` (by `enable`).
   */
  readonly trigger: ChangeTrigger;
  /** What the agent is now. */
  readonly status: Status;
  /** The genome that it had; that of the present one where it has kept it. */
  readonly before: string;
  /** Hash of its genome. */
  readonly genomeHash: string;
  /** Hash of the template's gene files and world that it has. */
  readonly codeHash: string;
}

/** An agent was disabled, or is for another reason now. */
export interface Disabled {
  /** Of what is wrong. */
  readonly code: string;
  /** The same in words. */
  readonly reason: string;
  /** [What it is due to](causes.md). */
  readonly cause?: Cause;
  /** Where it is, if that is known. */
  readonly path?: string;
  /** Of what failed in another step: what that said. */
  readonly issue?: Issue;
  /** True where it was disabled already. */
  readonly again?: true;
}

/** `scan` found what is neither code nor read by any step in an agent's folder. */
export interface Stray {
  /** The first 16 of them. */
  readonly files: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/** An agent's artifact was not what was built and signed when it was to start: `build` makes it again. */
export interface ArtifactRefused {
  /** `artifact.unsigned`, `artifact.changed` or `artifact.missing`. */
  readonly code: string;
  /** The same in words. */
  readonly reason: string;
  /** Null where it had none. */
  readonly artifact: string | null;
}

/** What failed of an evaluation. */
export interface EvaluationFailure {
  /** What it was for. */
  readonly kind: EvaluationKind;
  /** How it ended. */
  readonly outcome: Exclude<Outcome, "finished">;
  /** [What it is due to](causes.md). */
  readonly cause: Cause;
  /** What happened, in words. */
  readonly message: string;
  /** The limit that it has reached, where that ended it. */
  readonly limit?: LimitReached;
}

/** An evaluation of an agent failed. */
export interface Crashed extends EvaluationFailure {
  /** Failures in a row, with this one; absent where it does not count against the agent. */
  readonly crashes?: number;
  /** First cycle in which it is due again, where it is not in the next one. */
  readonly backoffUntilCycle?: number;
}

/** `select` let an agent die. */
export interface Died {
  /** `died.rank`, `died.energy` or `died.disabled`. */
  readonly code: string;
  /** The same in words. */
  readonly reason: string;
  /** [What it is due to](causes.md). */
  readonly cause?: Cause;
}

/** `select` gave an agent a genome. */
export interface Born {
  /** How it came about. */
  readonly kind: BirthKind;
  /** 0 for agents that `init` made. */
  readonly generation: number;
  /** The first gave genome and artifact, the others their genomes. */
  readonly parents: readonly Parent[];
}

/** A [resident](residents.md) ended, which nothing had asked it to. */
export interface ResidentEnd {
  /** What happened, in words. */
  readonly message: string;
  /** How often it was started again so far. */
  readonly restarts: number;
}

/** An [evaluator](evaluators.md) was dropped, as a reply of it was another one than at home. */
export interface EvaluatorDropped {
  /** Its name. */
  readonly evaluator: string;
  /** The id of the agent whose evaluation it was. */
  readonly agent: string;
  /** What that was for. */
  readonly kind: EvaluationKind;
}

/** `select` closed a cycle. */
export interface CycleClosed extends CycleStatistics {}

/** What each event tells, by its type. */
export interface EventData {
  /** `init` made an agent. */
  readonly "agent.created": Created;
  /** An agent changed. */
  readonly "agent.changed": Changed;
  /** An agent was disabled. */
  readonly "agent.disabled": Disabled;
  /** There are files that belong to no agent. */
  readonly "agent.stray": Stray;
  /** An artifact was not what was signed. */
  readonly "artifact.refused": ArtifactRefused;
  /** An evaluation failed. */
  readonly "agent.crashed": Crashed;
  /** An agent died. */
  readonly "agent.died": Died;
  /** An agent was born. */
  readonly "agent.born": Born;
  /** A resident ended. */
  readonly "resident.ended": ResidentEnd;
  /** An evaluator was dropped. */
  readonly "evaluator.dropped": EvaluatorDropped;
  /** A cycle was closed. */
  readonly "cycle.finished": CycleClosed;
}

/** The type of an event. */
export type EventType = keyof EventData;

const types: Readonly<Record<EventType, true>> = {
  "agent.created": true,
  "agent.changed": true,
  "agent.disabled": true,
  "agent.stray": true,
  "artifact.refused": true,
  "agent.crashed": true,
  "agent.died": true,
  "agent.born": true,
  "resident.ended": true,
  "evaluator.dropped": true,
  "cycle.finished": true,
};

/** All types of events. */
export const eventTypes = Object.keys(types) as readonly EventType[];

/** The id that an event has: the agent's, or null where it is of the run as a whole. */
export type EventId<Type extends EventType> = Type extends "cycle.finished" | "evaluator.dropped" ? null : string;

/** Stands in the place of data that are too long. */
export interface Omitted {
  /** How long, such as `40000 characters`. */
  readonly omitted: string;
}

/** An event of one type. */
export interface EventOf<Type extends EventType> {
  /** Counts up from 1 within a run. */
  readonly number: number;
  /** What has happened. */
  readonly type: Type;
  /** The cycle's number. */
  readonly cycle: number;
  /** The agent's id, null for `cycle.finished` and `evaluator.dropped`. */
  readonly id: EventId<Type>;
  /** Time of day at which it was recorded, in ISO 8601. */
  readonly at: string;
  /** What is told of it. */
  readonly data: EventData[Type] | Omitted;
}

/** One event as it is delivered: a line of `logs/events.ndjson`, or what a hook gets. */
export type RunEvent = { readonly [Type in EventType]: EventOf<Type> }[EventType];
