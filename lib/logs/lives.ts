/**
 * What became of an agent's lives, as the lines of its log.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import { shownText } from "../isolation/text.ts";
import type { StepRecord } from "../step/context.ts";

/** A life that has ended. */
export interface EndedLife {
  readonly cycle: number;
  readonly kind: "judged" | "gestation";
  readonly outcome: string;
  readonly message: string | null;
  readonly score: number | null;
  readonly wallMs: number | null;
  /** Last event before its end: lives between two events are of different cycles. */
  readonly event: number;
}

const columns = `cycle, kind, outcome, message, score, wall_ms AS wallMs, coalesce(after_event, 0) AS event
  FROM episodes WHERE agent = ? AND outcome IS NOT NULL`;

/** The last lives of an agent that have ended, oldest first. */
export function lastLives(listing: Listing, agent: string, lines: number): EndedLife[] {
  return listing.all<EndedLife>(`SELECT ${columns} ORDER BY event DESC, cycle DESC LIMIT ?`, agent, lines).reverse();
}

/** The lives of an agent that have ended after a given one, oldest first; absent: all. */
export function livesAfter(listing: Listing, agent: string, last: EndedLife | undefined): EndedLife[] {
  const query = `SELECT ${columns} AND (event, cycle) > (?, ?) ORDER BY event, cycle`;
  return listing.all<EndedLife>(query, agent, last?.event ?? -1, last?.cycle ?? -1);
}

/** The record `agent.logged` of a life. */
export function loggedRecord(id: string, life: EndedLife): StepRecord {
  const { outcome, message, event: _, ...rest } = life;
  const told = { type: "agent.logged", id, ...rest, outcome };
  if (outcome === "finished") return { ...told, ok: true };
  return { ...told, ok: false, issue: { code: `life.${outcome}`, message: message ?? "" } };
}

/** A life as a line for a person, without its end. */
export function loggedLine({ cycle, kind, outcome, message, score, wallMs }: EndedLife): string {
  const told = outcome === "finished" ? (score === null ? "" : `score ${Number(score.toPrecision(4))}`) : message ?? "";
  const took = wallMs === null ? "" : `${Math.round(wallMs)} ms`;
  const cells = [
    `cycle ${cycle}`.padEnd(10),
    kind.padEnd(9),
    outcome.padEnd(8),
    took.padStart(8),
    shownText(told, 1000),
  ];
  return cells.join("  ").trimEnd();
}
