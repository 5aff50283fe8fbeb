/**
 * What of an agent was evaluated again, since what an evaluator had given counts no more.
 *
 * @module
 */

import type { EvaluatorDropped } from "../../records/events.ts";
import type { EvaluationKind } from "../../records/evaluations.ts";
import { type Entry, stages, type Subject } from "./entry.ts";
import { evaluationOf } from "./evaluations.ts";
import { evaluatorName, short } from "./shown.ts";

interface WithdrawnRow {
  readonly event: number;
  readonly cycle: number;
  readonly kind: EvaluationKind;
  readonly evaluator: string;
  readonly data: string;
}

const query = `SELECT w.event, w.cycle, w.kind, e.name AS evaluator, d.data FROM withdrawn_replies w
  JOIN evaluators e ON e.id = w.evaluator JOIN events d ON d.id = w.event AND d.type = 'evaluator.dropped'
  WHERE w.agent = ? ORDER BY w.event, w.cycle, w.kind`;

/** What is shown of replies about an agent that count no more. */
export function withdrawnEntries({ listing, id }: Subject): Entry[] {
  return listing.all<WithdrawnRow>(query, id).map(({ event, cycle, kind, evaluator, data }) => {
    const { evaluator: dropped, agent: about }: EvaluatorDropped = JSON.parse(data);
    return {
      cycle,
      reason: reasonFor(
        { kind, evaluator: evaluatorName(evaluator), dropped: evaluatorName(String(dropped)), about },
        id,
      ),
      facts: { event: "withdrawn", kind, evaluator, dropped, about },
      after: { event, stage: stages.event },
    };
  });
}

interface Withdrawn {
  readonly kind: EvaluationKind;
  readonly evaluator: string;
  readonly dropped: string;
  readonly about: string;
}

function reasonFor({ kind, evaluator, dropped, about }: Withdrawn, id: string): string {
  const reply = `the reply of the evaluator ${evaluator} to ${evaluationOf(kind, null)}`;
  if (about === id && dropped === evaluator) {
    return `${reply} was another one than at home: that one was dropped, and what it came to at home counts`;
  }
  const why = dropped === evaluator ? "as that one" : `as it was new when ${dropped}`;
  return `${reply} counts no more, ${why} was dropped for a lie about ${short(String(about))}; it was evaluated again`;
}
