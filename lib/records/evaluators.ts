/**
 * Records of evaluators.
 *
 * @module
 */

import type { EvaluationKind } from "./evaluations.ts";
import type { RecordOf } from "./record.ts";

/** An evaluator that has tested itself and goes on to take evaluations. */
export interface EvaluatorReady extends RecordOf<"evaluator.ready", null> {
  /** Its name. */
  readonly evaluator: string;
  /** What runs programs there: it is given evaluations for this alone. */
  readonly engine: string;
  /** Processes at once. */
  readonly slots: number;
}

/** Why and when a run has dropped an evaluator: a reply of it was another one than at home. Null is what was not kept. */
export interface EvaluatorDrop {
  /** The cycle of that evaluation. */
  readonly cycle: number | null;
  /** The id of its agent. */
  readonly agent: string | null;
  /** What it was for. */
  readonly kind: EvaluationKind | null;
  /** Time of day, ISO 8601. */
  readonly at: string | null;
}

/** What an evaluator has proven in a run. */
export type TrustStage = "new" | "usual" | "proven";

/** An evaluator that is at the broker, or that the run has dropped. */
export interface EvaluatorStatus extends RecordOf<"evaluator.status", null> {
  /** Its name. */
  readonly evaluator: string;
  /** `ready`; `engine`: it is given nothing by this Deno, since it runs another engine; `dropped` by this run. */
  readonly state: "ready" | "engine" | "dropped";
  /** Name of its machine; null, as what follows up to `secondsSinceSeen`, where it is not at the broker. */
  readonly host: string | null;
  /** Cores of its machine. */
  readonly cores: number | null;
  /** What runs programs there. */
  readonly engine: string | null;
  /** Whether that is the one of this Deno. */
  readonly isSameEngine: boolean | null;
  /** How agents are kept apart there. */
  readonly isolation: string | null;
  /** How many evaluations it runs at once. */
  readonly slots: number | null;
  /** How many it has replied to since its start, of all runs. */
  readonly evaluations: number | null;
  /** Mean time of the recent ones in milliseconds; null before the first. */
  readonly msPerEvaluation: number | null;
  /** How many a second that comes to where all slots are busy; null before the first. */
  readonly perSecond: number | null;
  /** When it was started, by its own clock: time of day, ISO 8601. */
  readonly since: string | null;
  /** How long ago it last said that it is there, by the broker's clock: each does so every 3 s, and is gone after 10. */
  readonly secondsSinceSeen: number | null;
  /** How many replies of this process of it the run has taken. */
  readonly replies: number;
  /** How many of these were evaluated at home as well, and came to the same. */
  readonly verified: number;
  /** [How much](evaluators.md#what-is-trusted) of what it replies is evaluated at home as well: of new ones more, of proven ones less. */
  readonly trust: TrustStage;
  /** When the run took the last of them: time of day, ISO 8601; null before the first. */
  readonly lastReplyAt: string | null;
  /** Why and when this run has dropped it; null where it has not. */
  readonly dropped: EvaluatorDrop | null;
}
