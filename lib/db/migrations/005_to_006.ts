/**
 * Version 6: one word for one thing, in tables, columns, values and what is kept as JSON.
 *
 * @module
 */

import type { Migration } from "./migration.ts";

/** From version 5 to version 6. */
export const from5: Migration = {
  from: 5,
  tables: "664511d5f90765bc2e5223104dd020e9764b6b134b4c37b40827e15b56139f82",
  apply(db) {
    const rewrite = (name: string, change: (value: Json) => unknown) =>
      db.function(
        name,
        { deterministic: true },
        (text) => text === null ? null : JSON.stringify(change(JSON.parse(String(text)))),
      );
    rewrite("changed_event", changedEvent);
    rewrite("crashed_event", crashedEvent);
    rewrite("coded_event", coded);
    rewrite("named_limit", namedLimit);
    rewrite("named_selection", (value) => renamed(value, { replaced: "replacementFraction" }));
    rewrite("named_report", (value) => renamed(value, { lifeMs: "evaluationMs" }));
    rewrite("named_counts", namedCounts);
    db.exec(`
      ALTER TABLE agents RENAME COLUMN state TO stage;
      ALTER TABLE agents RENAME COLUMN resting_until TO backoff_until_cycle;
      UPDATE agents SET stage = CASE stage WHEN 'unborn' THEN 'newborn' WHEN 'grown' THEN 'adult' ELSE 'removed' END
        WHERE stage <> 'planned';
      UPDATE agents SET code = 'evaluation.' || substr(code, 6) WHERE code LIKE 'life.%';

      ALTER TABLE episodes RENAME TO evaluations;
      ALTER TABLE evaluations RENAME COLUMN reached TO limit_reached;
      UPDATE evaluations SET limit_reached = named_limit(limit_reached) WHERE limit_reached IS NOT NULL;

      ALTER TABLE unwritten RENAME TO pending_files;
      ALTER TABLE agent_builds RENAME COLUMN why TO trigger;
      ALTER TABLE ranks RENAME COLUMN holds TO has_ranked_genome;
      ALTER TABLE residents RENAME COLUMN resting_until TO backoff_until_ms;

      UPDATE events SET data = changed_event(data) WHERE type = 'agent.changed';
      UPDATE events SET data = crashed_event(data) WHERE type = 'agent.crashed';
      UPDATE events SET data = coded_event(data) WHERE type = 'agent.disabled';
      UPDATE cycles SET selection = named_selection(selection) WHERE selection IS NOT NULL;
      UPDATE cycle_reports SET report = named_report(report);

      ALTER TABLE runs_of_steps RENAME TO step_runs;
      UPDATE step_runs SET counts = named_counts(counts);
    `);
  },
};

// deno-lint-ignore no-explicit-any -- what an earlier release wrote, or a stranger into a backup: all of it is checked later
type Json = any;

/** The same object with other names, in its order. */
function renamed(value: Json, names: Readonly<Record<string, string>>): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [Object.hasOwn(names, key) ? names[key]! : key, held]),
  );
}

function changedEvent(value: Json): Json {
  const event = renamed(value, { why: "trigger" });
  return event?.trigger === "mended" ? { ...event, trigger: "repaired" } : event;
}

function crashedEvent(value: Json): Json {
  const event = renamed(value, { reached: "limit", restsUntil: "backoffUntilCycle" });
  return event?.limit ? { ...event, limit: namedLimit(event.limit) } : event;
}

function namedLimit(value: Json): Json {
  return renamed(value, { limit: "name", by: "enforcedBy" });
}

function coded(value: Json): Json {
  const code: unknown = value?.code;
  return typeof code === "string" && code.startsWith("life.")
    ? { ...value, code: `evaluation.${code.slice(5)}` }
    : value;
}

function namedCounts(value: Json): Json {
  const counts = renamed(value, { acted: "updates" });
  return counts?.stages ? { ...counts, stages: renamed(counts.stages, { bury: "remove" }) } : counts;
}
