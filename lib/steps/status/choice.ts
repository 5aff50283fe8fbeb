/**
 * Which agents `status` shows, and in which order.
 *
 * @module
 */

import type { Scored } from "../../db/estimates.ts";
import type { Objective } from "../../runtime/contract.ts";
import { findKey, type Key, keysOf, type Value, wrong } from "./keys.ts";
import type { PeopleRow } from "./rows.ts";
import { type Condition, readWhere } from "./where.ts";

/** What is asked for; what is absent does not matter. */
export interface Asked {
  /** So many at most. */
  readonly top?: number;
  /** A key, or `best`, maybe with `:asc` or `:desc`. */
  readonly sort?: string;
  /** Only what is not dead. @default false */
  readonly alive?: boolean;
  /** Conditions, as {@linkcode readWhere} reads them. */
  readonly where?: string;
}

/** Agents chosen among all. */
export interface Choice {
  readonly takes: Condition;
  /** Those that are shown, in order. */
  readonly ordered: (rows: readonly PeopleRow[]) => readonly PeopleRow[];
}

/** What is ordered by what is expected of agents. */
const best = "best";

/**
 * The choice that is asked for.
 *
 * @param living The living, best first.
 * @param objective The first one that the world declares.
 * @throws {Misuse} If a key or a condition can't be used.
 */
export function choiceOf(asked: Asked, living: readonly Scored[], objective: Objective | undefined): Choice {
  const keys = keysOf(objective);
  const holds = asked.where === undefined ? () => true : readWhere(asked.where, keys);
  const sort = asked.sort ?? (asked.top === undefined ? undefined : best);
  const compare = sort === undefined ? () => 0 : orderOf(sort, new Map(keys).set(best, bestKey(living)));
  return {
    takes: (row) => (!asked.alive || row.status !== "dead") && holds(row),
    ordered: (rows) => rows.toSorted(compare).slice(0, asked.top),
  };
}

/** The place of an agent among the living: those without one come last. */
function bestKey(living: readonly Scored[]): Key {
  const places = new Map(living.map(({ id }, place) => [id, place]));
  return { kind: "number", lessFirst: true, of: ({ id }) => places.get(id) ?? null };
}

/** Agents without a value come last, whichever way; equals stay in the order of their creation. */
function orderOf(sort: string, keys: ReadonlyMap<string, Key>): (a: PeopleRow, b: PeopleRow) => number {
  const [, name, way] = /^(.*?)(?::([^:]*))?$/s.exec(sort)!;
  const key = findKey(keys, name!, "sort");
  if (way !== undefined && way !== "asc" && way !== "desc") {
    throw wrong(`Cannot use ${JSON.stringify(sort)} for --sort as what follows the colon must be asc or desc.`);
  }
  const lessFirst = way === undefined ? key.lessFirst ?? key.kind !== "number" : (way === "asc");
  return (a, b) => {
    const [one, other] = [key.of(a), key.of(b)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return isLess(one, other) === lessFirst ? -1 : 1;
  };
}

function isLess(a: Exclude<Value, null>, b: Exclude<Value, null>): boolean {
  return a < b;
}
