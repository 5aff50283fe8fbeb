import type { Population } from "../../acceptance/_population.ts";

/** All that a race must leave alone. */
export function untouched(run: Population) {
  const tables = ["agents", "evaluations", "cycles", "ranks", "events", "archive", "meta", "outbox", "memories"];
  return tables.map((table) => run.rows(`SELECT * FROM ${table}`));
}
