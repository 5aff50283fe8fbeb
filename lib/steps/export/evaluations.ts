/**
 * Evaluations, with what they came to by episode and instance.
 *
 * @module
 */

import { causeOfEnd } from "../../records/cause.ts";
import type { LimitReached } from "../../records/outcome.ts";
import type { Cell, Column, Pass, Row, Table } from "./table.ts";

/** What names an evaluation. */
const key: readonly Column[] = [
  { name: "cycle", type: "integer", unit: "cycle", meaning: "The cycle of the evaluation" },
  { name: "agent", type: "text", meaning: "Id of the agent" },
  { name: "kind", type: "text", meaning: "`judged`, `gestation` or `race`" },
];

const episodeKey: readonly Column[] = [
  ...key,
  { name: "episode", type: "integer", meaning: "Place of the episode in its evaluation, from 0" },
  { name: "instance", type: "integer", nullable: true, meaning: "Its instance, in a world with instances" },
];

const measured: readonly Column[] = [
  { name: "measure", type: "text", meaning: "Name of a measure or an objective of the world" },
  { name: "value", type: "real", nullable: true, meaning: "Its value, as the world means it" },
];

/** All evaluations that are kept. */
export const evaluations: Table = {
  name: "evaluations",
  row: "an evaluation of an agent in a cycle",
  columns: [
    ...key,
    { name: "outcome", type: "text", nullable: true, meaning: "How it ended, `finished` if well; null: not yet" },
    { name: "cause", type: "text", nullable: true, meaning: "What a failure is due to, as in docs/causes.md" },
    { name: "message", type: "text", nullable: true, meaning: "What happened where it failed" },
    { name: "limit_name", type: "text", nullable: true, meaning: "The limit that ended it, a key of `limits`" },
    { name: "limit_value", type: "real", nullable: true, unit: "as its name says", meaning: "How far that goes" },
    { name: "limit_enforced_by", type: "text", nullable: true, meaning: "What has held it" },
    {
      name: "score",
      type: "real",
      nullable: true,
      meaning: "Mean over its episodes, more is better; null of a gestation and of what failed",
    },
    { name: "violation", type: "real", meaning: "Mean over its episodes: how far it breaks what must hold" },
    { name: "episodes", type: "integer", unit: "episodes", meaning: "Episodes that it has scores of" },
    { name: "invalid", type: "integer", unit: "actions", meaning: "Actions that were missing or out of their space" },
    { name: "drew", type: "boolean", meaning: "A gene drew a random number though the world is not noisy" },
    { name: "reproducible", type: "boolean", meaning: "False where a limit of the machine ended it" },
    { name: "wall_ms", type: "real", nullable: true, unit: "ms", meaning: "How long it took; null: no process ran" },
    { name: "cpu_ms", type: "real", nullable: true, unit: "ms", meaning: "CPU time of its processes, where measured" },
    {
      name: "memory_bytes",
      type: "integer",
      nullable: true,
      unit: "bytes",
      meaning: "Most memory that it had at once, where measured",
    },
    { name: "evaluator", type: "text", nullable: true, meaning: "The evaluator that ran it; null: it was run at home" },
    { name: "attempt", type: "integer", unit: "starts", meaning: "How often it was started" },
    { name: "genome_hash", type: "text", meaning: "The genome that it began with" },
    { name: "genome_after", type: "text", nullable: true, meaning: "The genome it decided on; null: it kept its own" },
    { name: "build_hash", type: "text", meaning: "What was run" },
  ],
};

/** The score of each episode. */
export const episodes: Table = {
  name: "episodes",
  row: "an episode of an evaluation",
  columns: [
    ...episodeKey,
    { name: "score", type: "real", nullable: true, meaning: "Its score, more is better" },
  ],
};

/** The measures of each evaluation. */
export const measures: Table = {
  name: "measures",
  row: "a measure of an evaluation, the mean over its episodes",
  columns: [...key, ...measured],
};

/** The measures of each episode. */
export const episodeMeasures: Table = {
  name: "episode_measures",
  row: "a measure of an episode, where the world has objectives or instances",
  columns: [...episodeKey, ...measured],
};

interface EvaluationRow {
  readonly [column: string]: number | string | null;
  readonly cycle: number;
  readonly agent: string;
  readonly kind: string;
  readonly outcome: string | null;
  readonly limit_reached: string | null;
  readonly scores: string | null;
  readonly measures: string | null;
  readonly by_episode: string | null;
  readonly instances: string | null;
}

const query =
  `SELECT cycle, agent, kind, outcome, message, limit_reached, score, violation, invalid, drew, reproducible,
  wall_ms, cpu_ms, memory_bytes, (SELECT name FROM evaluators WHERE id = evaluator) AS evaluator, attempt, genome_hash, genome_after, build_hash, scores, measures, episodes AS by_episode,
  inputs -> '$.instances' AS instances
FROM evaluations ORDER BY cycle, agent, kind`;

/** Reads {@linkcode evaluations}, {@linkcode episodes}, {@linkcode measures} and {@linkcode episodeMeasures}. */
export const evaluationsPass: Pass = {
  tables: [evaluations, episodes, measures, episodeMeasures],
  *rows({ listing }) {
    for (const row of listing.rows<EvaluationRow>(query)) yield* rowsOf(row);
  },
};

type Measures = Readonly<Record<string, number | null>>;

function* rowsOf(row: EvaluationRow): Generator<readonly [Table, Row]> {
  const { cycle, agent, kind } = row;
  const scores = parsed<(number | null)[]>(row.scores) ?? [];
  const instances = parsed<number[]>(row.instances);
  yield [evaluations, evaluationRow(row, scores.length)];
  for (const [episode, score] of scores.entries()) {
    yield [episodes, [cycle, agent, kind, episode, instances?.[episode] ?? null, score]];
  }
  for (const [name, value] of Object.entries(parsed<Measures>(row.measures) ?? {})) {
    yield [measures, [cycle, agent, kind, name, value]];
  }
  for (const [episode, all] of (parsed<Measures[]>(row.by_episode) ?? []).entries()) {
    for (const [name, value] of Object.entries(all)) {
      yield [episodeMeasures, [cycle, agent, kind, episode, instances?.[episode] ?? null, name, value]];
    }
  }
}

function evaluationRow(row: EvaluationRow, count: number): Row {
  const { outcome } = row;
  const limit = parsed<LimitReached>(row.limit_reached);
  const made: Readonly<Record<string, Cell>> = {
    cause: outcome === null || outcome === "finished" ? null : causeOfEnd(outcome),
    limit_name: limit?.name ?? null,
    limit_value: limit?.value ?? null,
    limit_enforced_by: limit?.enforcedBy ?? null,
    episodes: count,
    drew: row.drew === 1,
    reproducible: row.reproducible === 1,
  };
  return evaluations.columns.map(({ name }) => Object.hasOwn(made, name) ? made[name]! : row[name]!);
}

function parsed<T>(text: string | null): T | undefined {
  return text === null ? undefined : JSON.parse(text) as T;
}
