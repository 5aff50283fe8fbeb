/**
 * What is measured of a run.
 *
 * @module
 */

import { statisticsOf } from "../../db/cycle.ts";
import { lastCompacted } from "../../db/cycle_reports.ts";
import { deliveryCount } from "../../db/deliveries.ts";
import type { Listing } from "../../db/listing.ts";
import { causeOfEnd } from "../../records/cause.ts";
import type { CycleStatistics } from "../../records/cycle.ts";
import { statuses } from "../../records/status.ts";
import type { Family, Sample } from "./exposition.ts";

type Counted = { readonly name: string; readonly n: number };

/** The metrics that the listing gives, in one snapshot. */
export function familiesOf(listing: Listing): Family[] {
  const cycle = listing.get<{ last: number }>(
    "SELECT coalesce(max(cycle), 0) AS last FROM cycles WHERE state = 'closed'",
  )!.last;
  return [
    ...population(listing, cycle),
    ...cycles(listing, cycle),
    ...scores(listing, cycle, statisticsOf(listing, cycle)),
    evaluations(listing),
    ...times(listing),
    gauge("evolve_hook_events_waiting", "Events that hooks are still to be given.", deliveryCount(listing)),
  ];
}

function gauge(name: string, help: string, value: number | null): Family {
  return { name, type: "gauge", help, samples: [{ value }] };
}

function counted(rows: readonly Counted[], label: string): Sample[] {
  return rows.map(({ name, n }) => ({ labels: { [label]: name }, value: n }));
}

function population(listing: Listing, cycle: number): Family[] {
  const byStatus = listing.all<Counted>("SELECT status AS name, count(*) AS n FROM agents GROUP BY status");
  const backoff = listing.get<{ n: number }>(
    "SELECT count(*) AS n FROM agents WHERE status = 'active' AND backoff_until_cycle > ? + 1",
    cycle,
  )!.n;
  return [
    {
      name: "evolve_agents",
      type: "gauge",
      help: "Agents by status, the dead included.",
      samples: statuses.map((status) => ({
        labels: { status },
        value: byStatus.find(({ name }) => name === status)?.n ?? 0,
      })),
    },
    gauge("evolve_agents_in_backoff", "Active agents that are not due in the next cycle, as they failed.", backoff),
    {
      name: "evolve_agents_disabled",
      type: "gauge",
      help: "Agents that are disabled now, by the code of the reason.",
      samples: counted(
        listing.all("SELECT code AS name, count(*) AS n FROM agents WHERE status = 'disabled' GROUP BY code"),
        "code",
      ),
    },
    gauge(
      "evolve_genomes",
      "Distinct genomes among the active agents.",
      listing.get<{ n: number }>("SELECT count(DISTINCT genome_hash) AS n FROM agents WHERE status = 'active'")!.n,
    ),
    {
      name: "evolve_births_total",
      type: "counter",
      help: "Agents that came to be, by how: init, birth, copy, random.",
      samples: counted(
        listing.all("SELECT kind AS name, count(*) AS n FROM agents WHERE stage <> 'planned' GROUP BY kind"),
        "kind",
      ),
    },
    {
      name: "evolve_deaths_total",
      type: "counter",
      help: "Agents that died, by the code of the reason.",
      samples: counted(
        listing.all("SELECT code AS name, count(*) AS n FROM agents WHERE status = 'dead' GROUP BY code"),
        "code",
      ),
    },
  ];
}

function cycles(listing: Listing, cycle: number): Family[] {
  const closed = listing.get<{ at: string | null }>(
    "SELECT max(at) AS at FROM events WHERE type = 'cycle.finished' AND cycle = ?",
    cycle,
  )!.at;
  const seconds = closed === null ? NaN : Date.parse(closed) / 1000;
  const time = Number.isFinite(seconds) ? seconds : null;
  return [
    { name: "evolve_cycles_total", type: "counter", help: "Closed cycles.", samples: [{ value: cycle }] },
    gauge("evolve_last_cycle_timestamp_seconds", "When the last cycle was closed, in seconds since 1970.", time),
  ];
}

/** Scores are of the last closed cycle; a world's objectives are among its measures. */
function scores(listing: Listing, cycle: number, statistics: CycleStatistics | undefined): Family[] {
  const statOf = (of: Readonly<Record<(typeof stats)[number], number | null>>, labels: Record<string, string>) =>
    stats.map((stat): Sample => ({ labels: { ...labels, stat }, value: of[stat] }));
  const { score, objective } = statistics ?? {};
  const measures = listing.all<{ name: string; min: number; mean: number; max: number }>(
    `SELECT m.key AS name, min(m.value) AS min, avg(m.value) AS mean, max(m.value) AS max
      FROM evaluations AS e, json_each(e.measures) AS m WHERE e.cycle = ? AND e.kind = 'judged'
        AND e.measures IS NOT NULL AND m.type IN ('integer', 'real') GROUP BY m.key ORDER BY m.key`,
    cycle,
  );
  return [
    {
      name: "evolve_score",
      type: "gauge",
      help: "Ranked scores of the last closed cycle; more is better.",
      samples: score ? statOf(score, {}) : [],
    },
    {
      name: "evolve_objective",
      type: "gauge",
      help: "The same as values of the first objective, as the world means them.",
      samples: objective ? statOf(objective, { objective: objective.name, sense: objective.sense }) : [],
    },
    {
      name: "evolve_measure",
      type: "gauge",
      help: "Measures and objectives of the judged evaluations of the last closed cycle.",
      samples: measures.flatMap(({ name, ...of }) =>
        (["min", "mean", "max"] as const).map((stat) => ({ labels: { measure: name, stat }, value: of[stat] }))
      ),
    },
  ];
}

const stats = ["best", "median", "mean"] as const;

/** Of compacted cycles their reports have the outcomes, of the others the evaluations themselves. */
function evaluations(listing: Listing): Family {
  const rows = listing.all<Counted>(
    `SELECT name, sum(n) AS n FROM (
      SELECT o.key AS name, o.value AS n FROM cycle_reports, json_each(report, '$.outcomes') AS o
        WHERE o.type = 'integer'
      UNION ALL SELECT outcome, count(*) FROM evaluations WHERE cycle > ? AND outcome IS NOT NULL GROUP BY outcome
    ) GROUP BY name ORDER BY name`,
    lastCompacted(listing),
  );
  return {
    name: "evolve_evaluations_total",
    type: "counter",
    help: "Evaluations by outcome and by what a failure was due to.",
    samples: rows.map(({ name, n }) => ({
      labels: { outcome: name, ...(name !== "finished" && { cause: causeOfEnd(name) }) },
      value: n,
    })),
  };
}

interface Took {
  readonly step: string;
  readonly stage?: string;
  readonly n: number;
  readonly ms: number;
}

function times(listing: Listing): Family[] {
  const steps = listing.all<Took>(
    "SELECT step, count(*) AS n, sum(wall_ms) AS ms FROM step_runs GROUP BY step ORDER BY step",
  );
  const stages = listing.all<Took>(
    `SELECT step, s.key AS stage, sum(s.value ->> '$.count') AS n, sum(s.value ->> '$.total') AS ms
      FROM step_runs, json_each(counts, '$.stages') AS s GROUP BY step, s.key ORDER BY step, s.key`,
  );
  return [
    summary("evolve_step_duration_seconds", "Wall-clock time of the runs of a step.", steps),
    summary("evolve_stage_duration_seconds", "Wall-clock time of the stages of a step's work.", stages),
  ];
}

function summary(name: string, help: string, rows: readonly Took[]): Family {
  const samples = rows.flatMap(({ step, stage, n, ms }): Sample[] => {
    const labels = { step, ...(stage !== undefined && { stage }) };
    return [{ suffix: "_sum", labels, value: ms / 1000 }, { suffix: "_count", labels, value: n }];
  });
  return { name, type: "summary", help, samples };
}
