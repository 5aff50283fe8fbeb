/**
 * What was done in an episode, judged again.
 *
 * @module
 */

import type { Judge } from "../isolation/judge.ts";
import { besideScore, type ShownObjective } from "../records/objective.ts";
import type { Objective, WorldSeed } from "../runtime/contract.ts";

/** An evaluation whose evidence is kept. */
export interface KeptEpisodes {
  readonly worlds: readonly WorldSeed[];
  /** What was done in each. */
  readonly evidence: readonly unknown[];
  /** Active genes that cost something. */
  readonly genes: number;
  /** What a score stands for; undefined where the world gives scores itself. */
  readonly objective: Objective | undefined;
}

/** An episode as the judge plays it. */
export interface EpisodeAgain {
  readonly episode: number;
  readonly instance?: number;
  readonly score: number;
  readonly objective?: ShownObjective;
  readonly measures: Readonly<Record<string, number>>;
  readonly violation: number;
}

/** What the judge says of an episode: what it came to with what was found in it, or why it can't be played. */
export type VerdictAgain =
  | { readonly ok: true; readonly episode: EpisodeAgain; readonly answer: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * Has an episode judged again; what the world's `answer` gives is asked for.
 *
 * @throws {StepFailed} If the judge's process can't be started.
 */
export async function judgeAgain(judge: Judge, kept: KeptEpisodes, episode: number): Promise<VerdictAgain> {
  const { worlds, evidence, genes, objective } = kept;
  const verdict = await judge.judge({
    token: String(episode),
    episodes: 1,
    genes,
    worlds: JSON.stringify([worlds[episode]]),
    evidence: JSON.stringify([evidence[episode]]),
    answer: true,
  });
  if (!verdict.ok) return { ok: false, message: verdict.message };
  const [{ score, measures, violation = 0 }] = verdict.judgements as [typeof verdict.judgements[number]];
  const { instance } = worlds[episode]!;
  return {
    ok: true,
    episode: {
      episode,
      ...(instance !== undefined && { instance }),
      score,
      ...besideScore(score, objective),
      measures,
      violation,
    },
    answer: verdict.answers?.[0],
  };
}
