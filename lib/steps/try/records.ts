/**
 * The records of a genome that was tried.
 *
 * @module
 */

import type { Pool } from "../../genome/pool.ts";
import { besideScore, objectiveValue } from "../../records/objective.ts";
import { traceRecords, type TraceStep } from "../../records/trace.ts";
import type { TriedObjective, TryEpisode, TryEvaluated, TryTypes } from "../../records/try.ts";
import { mean, meansOf } from "../../run/means.ts";
import type { JudgedEpisode, Objective, WorldSeed } from "../../runtime/contract.ts";
import type { StepContext } from "../../step/context.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";
import type { Issue } from "../../util/issue.ts";
import type { Tried, TriedEpisode } from "./evaluation.ts";

/** What was tried, and what it came to. */
export interface Subject extends Pick<TryEvaluated, "template" | "genome" | "genomeHash" | "genes" | "environment"> {
  readonly pool: Pool;
  readonly seed: string;
  readonly worlds: readonly WorldSeed[];
  /** Whether these are all instances to test with. */
  readonly test: boolean;
  /** What is wrong with the template's types. */
  readonly types: Issue | undefined;
  readonly result: Tried;
}

/** All that there is to tell. */
export interface TryRecords {
  readonly types: TryTypes;
  readonly trace: readonly TraceStep[];
  readonly episodes: readonly TryEpisode[];
  readonly evaluated: TryEvaluated;
}

/** All records, in the order in which they are emitted. */
export function recordsOf(step: StepContext, subject: Subject): TryRecords {
  const { pool, result, types, worlds, template, genome, genomeHash, genes, environment, seed } = subject;
  const { episodes, issue, invalid, drew } = result;
  const { objectives = [], probes } = pool.world;
  const id = null;
  return {
    types: { type: "try.types", id, ok: types === undefined, ...(types && { issue: types }) },
    trace: traceRecords(result.trace, { id, worlds, issue }),
    episodes: episodes.map((one, episode) => episodeOf(one, episode, objectives[0])),
    evaluated: {
      type: "try.evaluated",
      id,
      ok: issue === undefined,
      ...(issue && { issue }),
      template,
      genome,
      genomeHash,
      genes,
      environment,
      seed,
      episodes: worlds.length,
      objectives: issue ? [] : objectiveMeans(episodes, objectives),
      violation: mean(episodes.map(({ violation = 0 }) => violation)),
      measures: measuresOf(episodes, objectives),
      invalid,
      drew,
      probes: probes === undefined ? null : issue === undefined,
      ms: Object.fromEntries(
        Object.entries(step.stages.summary() ?? {}).map(([name, { totalMs }]) => [name, totalMs]),
      ),
    },
  };
}

function episodeOf(
  { world: { instance }, score, measures, violation = 0, ...rest }: TriedEpisode,
  episode: number,
  objective: Objective | undefined,
): TryEpisode {
  return {
    type: "try.episode",
    id: null,
    ok: true,
    episode,
    ...(instance !== undefined && { instance }),
    score,
    ...besideScore(score, objective),
    measures,
    violation,
    ...("answer" in rest && { answer: rest.answer }),
  };
}

/** Means of objectives; where the world gives scores itself, that of these. */
function objectiveMeans(episodes: readonly JudgedEpisode[], objectives: readonly Objective[]): TriedObjective[] {
  if (episodes.length === 0) return [];
  if (objectives.length === 0) {
    return [{ name: "score", sense: "maximise", ...meanInterval(episodes.map(({ score }) => score)) }];
  }
  return objectives.map((objective, at) => ({
    ...objective,
    ...meanInterval(
      episodes.map(({ score, objectives }) => objectives?.[at] ?? objectiveValue(score, objective)),
    ),
  }));
}

/** Means of measures that are no objectives. */
function measuresOf(
  episodes: readonly JudgedEpisode[],
  objectives: readonly Objective[],
): Readonly<Record<string, number>> {
  const means = meansOf(episodes);
  for (const { name } of objectives) delete means[name];
  return means;
}
