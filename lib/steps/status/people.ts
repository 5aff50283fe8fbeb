/**
 * The table of agents on a terminal: few columns, so that it fits 80.
 *
 * @module
 */

import type { Scored } from "../../db/estimates.ts";
import { besideScore, objectiveValue } from "../../records/objective.ts";
import type { StatusCells } from "../../records/story.ts";
import type { Objective } from "../../runtime/contract.ts";
import { table } from "../../step/table.ts";
import type { PeopleRow } from "./rows.ts";

const columns = ["id", "status", "generation", "age", "score", "expected", "energy", "last"];
const columnsOfResidents = ["id", "status", "score", "pid", "up", "restarts", "cpu", "memory"];

/** What the table is made of besides its rows. */
export interface Beside {
  /** The living, best first. */
  readonly living: readonly Scored[];
  readonly objective: Objective | undefined;
  /** What is told of an agent's resident; absent where there are none. */
  readonly cellsOf?: (id: string) => StatusCells;
}

/**
 * The table: an agent a line. What is expected of one stands beside its score where worlds are noisy, as it is what the best are
 * known by.
 *
 * @param rows At least one.
 */
export function peopleTable(rows: readonly PeopleRow[], { living, objective, cellsOf }: Beside): string {
  const estimates = new Map(living.flatMap(({ id, estimate }) => estimate ? [[id, estimate.mean]] : []));
  const records = rows.map(({ id, status, generation, age, score, energy, last }) => ({
    ...{ type: "agent.status", id: id.slice(0, 8), ok: true, status, generation, age, score, energy, last },
    ...besideScore(score, objective),
    ...(estimates.size > 0 && { expected: objectiveValue(estimates.get(id) ?? null, objective) }),
    ...cellsOf?.(id),
  }));
  return table(records, cellsOf ? columnsOfResidents : columns);
}
