/**
 * Records of evaluations and of residents.
 *
 * @module
 */

import type { Cause } from "./cause.ts";
import type { ShownObjective } from "./objective.ts";
import type { LimitReached, Outcome } from "./outcome.ts";
import type { RecordOf } from "./record.ts";

/** What an evaluation is for: to judge an agent, to let a newborn decide on its genome, or to race the best of a cycle. */
export type EvaluationKind = "judged" | "gestation" | "race";

/** An evaluation; not `ok` is one that failed. */
export interface AgentEvaluated extends RecordOf<"agent.evaluated", string> {
  /** What it was for. */
  readonly kind: EvaluationKind;
  /** The cycle's number. */
  readonly cycle: number;
  /** The genome that it began with. */
  readonly genomeHash: string;
  /** Milliseconds; null where no process was started. */
  readonly wallMs: number | null;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Mean over its episodes; null for a gestation and for what failed. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** In a world with instances: which one each of the cycle's episodes was of, in their order. */
  readonly instances?: readonly number[];
  /** In a world with instances: the score of each of these episodes. */
  readonly scores?: readonly number[];
  /** The genome that the agent decided on; null where it keeps its own. */
  readonly genomeAfter: string | null;
  /** False where a limit of the machine ended it, or what else is outside of the run. */
  readonly reproducible: boolean;
  /** Of what failed: [what it is due to](causes.md). */
  readonly cause?: Cause;
  /** The limit that it has reached, where that ended it. */
  readonly limit?: LimitReached;
}

/**
 * What has happened to a resident; absent fields are those of other types.
 *
 * @internal
 */
interface ResidentRecord<Type extends string> extends RecordOf<Type, string> {
  /** How often it was started again after an end that nothing asked for. */
  readonly restarts: number;
  /** Its process; null where there is none. */
  readonly pid: number | null;
}

/** A resident that was started. */
export type ResidentStarted = ResidentRecord<"resident.started">;

/** A resident that a former supervisor had started, and that goes on. */
export type ResidentAdopted = ResidentRecord<"resident.adopted">;

/** A resident that is started again later, as it has ended. */
export interface ResidentBackoff extends ResidentRecord<"resident.backoff"> {
  /** Of `resident.backoff`: in how many seconds. */
  readonly backoffSeconds: number;
}

/** A resident that ended, which nothing asked for; never `ok`. */
export type ResidentEnded = ResidentRecord<"resident.ended">;

/** An agent that was disabled, as its resident ended too often; never `ok`. */
export type ResidentDisabled = ResidentRecord<"resident.disabled">;

/** A resident, as it was when it was last looked at. */
export interface ResidentStatus {
  /** The agent's id. */
  readonly id: string;
  /** Null where it has no process now. */
  readonly pid: number | null;
  /** Time of day, ISO 8601. */
  readonly startedAt: string | null;
  /** How often it was started again after an end that nothing asked for. */
  readonly restarts: number;
  /** When the supervisor last looked at the process; null where it has not yet. */
  readonly sampledAt: string | null;
  /** CPU time since its start. */
  readonly cpuSeconds: number | null;
  /** Share of one core since its start, 0 to 1. */
  readonly cpuShare: number | null;
  /** What lies in RAM. */
  readonly memoryBytes: number | null;
  /** When it is started again, where it backs off: time of day, ISO 8601. */
  readonly backoffUntil: string | null;
}

/** A resident that is kept, or was. */
export interface ResidentStatusRecord extends RecordOf<"resident.status", string>, Omit<ResidentStatus, "id"> {}

/** A resident that was ended. */
export interface ResidentStopped extends RecordOf<"resident.stopped", string> {
  /** Its process. */
  readonly pid: number;
}
