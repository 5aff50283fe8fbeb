/**
 * What the population has come to in several objectives.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { FrontReport } from "../../records/report.ts";
import type { Config } from "../../run/config_schema.ts";
import type { Objective } from "../../runtime/contract.ts";
import { frontsOf } from "../../selection/fronts.ts";
import { hypervolume, isTractable } from "../../selection/hypervolume.ts";

/** How many points are listed. */
const most = 100;

interface Row {
  readonly id: string;
  readonly measures: string;
  readonly violation: number;
}

const query = `SELECT a.id, e.measures, e.violation FROM agents a JOIN evaluations e ON e.agent = a.id
  AND e.kind = 'judged' AND e.genome_hash = a.genome_hash AND e.cycle =
    (SELECT max(cycle) FROM evaluations WHERE agent = a.id AND kind = 'judged' AND score IS NOT NULL)
  WHERE a.status = 'active' AND e.conditions IS (SELECT value FROM meta WHERE key = 'conditions') ORDER BY a.ordinal`;

/** The front of the active agents by their last evaluations; undefined in a world that has fewer than two objectives. */
export function readFront(listing: Listing, objectives: readonly Objective[]): FrontReport | undefined {
  if (objectives.length < 2) return undefined;
  const signs = objectives.map(({ sense }) => sense === "minimise" ? -1 : 1);
  const points = listing.all<Row>(query).flatMap(({ id, measures, violation }) => {
    const values = JSON.parse(measures) as Record<string, number>;
    const known = objectives.every(({ name }) => Number.isFinite(values[name]));
    return known
      ? [{ id, values, violation, objectives: objectives.map(({ name }, i) => signs[i]! * values[name]!) }]
      : [];
  });
  const front = (frontsOf(points)[0] ?? []).filter(({ violation }) => violation === 0)
    .sort((a, b) => b.objectives[0]! - a.objectives[0]!);
  const { reference } = lastSelection(listing);
  const volume = reference && isTractable(front.length, objectives.length)
    ? hypervolume(front.map((one) => one.objectives), objectives.map(({ name }, i) => signs[i]! * reference[name]!))
    : null;
  return {
    agents: points.length,
    count: front.length,
    hypervolume: volume,
    points: front.slice(0, most).map(({ id, values }) => ({
      id,
      objectives: Object.fromEntries(objectives.map(({ name }) => [name, values[name]!])),
    })),
  };
}

/** What the last selection was configured to be. */
export function lastSelection(listing: Listing): Partial<Config["selection"]> {
  const row = listing.get<{ selection: string }>(
    "SELECT selection FROM cycles WHERE selection IS NOT NULL ORDER BY cycle DESC LIMIT 1",
  );
  return JSON.parse(row?.selection ?? "{}");
}
