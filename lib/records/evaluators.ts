/**
 * Records of evaluators.
 *
 * @module
 */

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
