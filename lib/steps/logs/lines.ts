/**
 * What became of an agent's evaluations and of its resident, as the lines of its log.
 *
 * @module
 */

import type { EvaluationKind } from "../../records/evaluations.ts";
import type { AgentLogged } from "../../records/story.ts";
import { besideScore, objectiveValue, scoreName } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { Listing } from "../../db/listing.ts";
import { shownText } from "../../util/text.ts";
import { hanging, shownWidth } from "../../step/wrap.ts";

/** An evaluation that has ended, or a resident that nothing asked to end. */
export interface LogLine {
  readonly cycle: number;
  readonly kind: EvaluationKind | "resident";
  /** Of a resident `ended`. */
  readonly outcome: string;
  readonly message: string | null;
  readonly score: number | null;
  readonly wallMs: number | null;
  /** Where it stands among the events; evaluations between two events are of different cycles or kinds. */
  readonly place: number;
}

const query = `
SELECT * FROM (
  SELECT cycle, kind, outcome, message, score, wall_ms AS wallMs, 2 * coalesce(after_event, 0) + 1 AS place
    FROM evaluations WHERE agent = ?1 AND outcome IS NOT NULL
  UNION ALL
  SELECT cycle, 'resident', 'ended', data ->> '$.message', NULL, NULL, 2 * id
    FROM events WHERE agent = ?1 AND type = 'resident.ended'
)`;

/** The last lines of an agent's log, oldest first. */
export function lastLines(listing: Listing, agent: string, lines: number): LogLine[] {
  return listing.all<LogLine>(`${query} ORDER BY place DESC, cycle DESC, kind DESC LIMIT ?2`, agent, lines).reverse();
}

/** The lines of an agent's log after a given one, oldest first; absent: all. */
export function linesAfter(listing: Listing, agent: string, last: LogLine | undefined): LogLine[] {
  const where = `${query} WHERE (place, cycle, kind) > (?2, ?3, ?4) ORDER BY place, cycle, kind`;
  return listing.all<LogLine>(where, agent, last?.place ?? -1, last?.cycle ?? -1, last?.kind ?? "");
}

/** The record `agent.logged` of a line. */
export function loggedRecord(id: string, line: LogLine, objective?: Objective): AgentLogged {
  const { outcome, message, place: _, ...rest } = line;
  const record = { type: "agent.logged" as const, id, ...rest, ...besideScore(rest.score, objective), outcome };
  if (outcome === "finished") return { ...record, ok: true };
  return {
    ...record,
    ok: false,
    issue: { code: `${rest.kind === "resident" ? "resident" : "evaluation"}.${outcome}`, message: message ?? "" },
  };
}

/** A line for a person, without its end; where it is longer than the terminal, its text goes on below itself. */
export function loggedLine({ cycle, kind, outcome, message, score, wallMs }: LogLine, objective?: Objective): string {
  const value = objectiveValue(score, objective);
  const earned = value === null ? "" : `${scoreName(objective)} ${Number(value.toPrecision(4))}`;
  const text = outcome === "finished" ? earned : message ?? "";
  const took = wallMs === null ? "" : `${Math.round(wallMs)} ms`;
  const cells = [
    `cycle ${cycle}`.padEnd(10),
    kind.padEnd(9),
    outcome.padEnd(8),
    took.padStart(8),
    "",
  ];
  return hanging(cells.join("  "), shownText(text, 1000), shownWidth(Infinity)).trimEnd();
}
