/**
 * The evaluation of a genome that belongs to no run: groups of episodes, each in a process of its own, and their judgement.
 *
 * @module
 */

import { costingGenes } from "../../genome/active.ts";
import { catalogue, type Pool } from "../../genome/pool.ts";
import { evaluate } from "../../isolation/evaluate.ts";
import type { Isolation } from "../../isolation/isolation.ts";
import type { Judge } from "../../isolation/judge.ts";
import { type Failure, inFull, isLimit, issueOf } from "../../isolation/outcome.ts";
import { limitsOf, type ProcessLimits } from "../../isolation/limits.ts";
import type { EvaluationRequest } from "../../isolation/request.ts";
import { byteLimits, toBytes } from "../../runtime/genome_bytes.ts";
import type { AgentReply, JudgedEpisode, TracedStep, WorldSeed } from "../../runtime/contract.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { deriveSeed } from "../../runtime/random.ts";
import { effortOf } from "../../run/worlds.ts";
import type { Stages } from "../../step/stages.ts";
import { sha256 } from "../../util/hash.ts";
import { good, type Issue } from "../../util/issue.ts";
import { Semaphore } from "../../util/semaphore.ts";
import { sentence, shownText } from "../../util/text.ts";

/** Steps of a trace at most. */
export const mostTraced = 100_000;

/** What a genome is evaluated with. */
export interface Trial {
  readonly pool: Pool;
  readonly genome: Genome;
  readonly seed: string;
  readonly isolation: Isolation;
  readonly judge: Judge;
  /** The limits of an evaluation, and how many episodes that is of. */
  readonly limits: ProcessLimits;
  readonly episodes: number;
  readonly stages: Stages;
  /** Whether steps are recorded, and whether answers are asked for. */
  readonly trace: boolean;
  readonly answers: boolean;
}

/** An episode, judged. */
export interface TriedEpisode extends JudgedEpisode {
  readonly world: WorldSeed;
  readonly answer?: unknown;
}

/** What it came to. */
export interface Tried {
  /** In the order of their worlds; those of before it failed. */
  readonly episodes: readonly TriedEpisode[];
  readonly invalid: number;
  readonly drew: boolean;
  readonly trace: readonly TracedStep[];
  /** What is wrong, where it failed. */
  readonly issue?: Issue;
  /** Whether its process ended by a crash that no gene and no world is named for. */
  readonly isUnexplained?: boolean;
}

/** Evaluates a genome in groups of worlds. Needs what the isolation and the judge need. */
export async function tryIn(trial: Trial, groups: readonly (readonly WorldSeed[])[]): Promise<Tried> {
  const genomeHash = await sha256(toBytes(trial.genome));
  const inside = new Semaphore(Math.max(1, trial.isolation.capacity));
  let hasFailed = false;
  const tried = await Promise.all(groups.map((worlds, group) =>
    inside.through(async () => {
      if (hasFailed) return undefined;
      const one = await tryGroup(trial, requestOf(trial, genomeHash, worlds, group), worlds);
      if (one.issue) hasFailed = true;
      return one;
    })
  ));
  const done = tried.filter((one) => one !== undefined);
  const failed = done.find(({ issue }) => issue !== undefined);
  return {
    episodes: done.flatMap(({ episodes }) => episodes),
    invalid: done.reduce((sum, { invalid }) => sum + invalid, 0),
    drew: done.some(({ drew }) => drew),
    trace: done.flatMap(({ trace }) => trace),
    ...(failed && { issue: failed.issue, isUnexplained: failed.isUnexplained }),
  };
}

function requestOf(trial: Trial, genomeHash: string, worlds: readonly WorldSeed[], group: number): EvaluationRequest {
  const { genome, pool, seed, trace } = trial;
  const bytes = toBytes(genome);
  const token = deriveSeed(seed, "token", 1, "try", group);
  const own = {
    version: 1,
    kind: "judged",
    token,
    seed: deriveSeed(seed, "life", 1, "try", group),
    ...(pool.world.randomness === "genome" && { genomeSeed: deriveSeed(seed, "genome", genomeHash) }),
    ...(trace && { trace: mostTraced }),
    genome: bytes.toBase64(),
    mates: [],
    past: { scores: [], present: [], bestScore: null, best: null },
    memory: [],
    inbox: [],
    addresses: 0,
  };
  return {
    id: "try",
    kind: "judged",
    cycle: 1,
    artifact: { artifact: "", genome: genomeHash, bytes },
    own: JSON.stringify(own),
    common: `"worlds":${JSON.stringify(worlds)},"pool":${JSON.stringify(catalogue(pool))}`,
    expected: {
      token,
      episodes: worlds.length,
      addresses: 0,
      genomeBytes: byteLimits.size,
      ...(trace && { trace: mostTraced }),
    },
    limits: limitsOf(trial.limits, Math.ceil(worlds.length / trial.episodes)),
    steps: effortOf(pool.world, worlds),
    // So that it is looked whether probes change the world.
    verified: true,
    alone: true,
  };
}

async function tryGroup(trial: Trial, request: EvaluationRequest, worlds: readonly WorldSeed[]): Promise<Tried> {
  const { stages, isolation } = trial;
  const run = await stages.time("run", () => evaluate(isolation, good(request)));
  const nothing = { episodes: [], invalid: 0, drew: false, trace: [] };
  if (!run.ok) {
    const { failure } = run;
    const issue = failure.outcome === "world"
      ? await stages.time("judge", () => confirmed(trial, request, worlds, failure))
      : issueOf({ ...failure, message: `${inFull(failure)}${hintOf(failure)}` });
    const isUnexplained = failure.outcome === "crash" && !failure.message.includes("#");
    return { ...nothing, trace: failure.trace ?? [], issue, isUnexplained };
  }
  const { invalid = 0, drew = false, trace = [] } = run.reply;
  const judged = await stages.time("judge", () => judgedEpisodes(trial, request, worlds, run.reply));
  if ("code" in judged) return { ...nothing, trace, issue: judged };
  return { episodes: judged, invalid, drew, trace };
}

/** A process that is ended can't say at what it was: another genome tells more. */
function hintOf({ outcome, message }: Failure): string {
  if (!isLimit(outcome) || message.includes("#")) return "";
  return " --genome none shows whether it is the world, a genome with fewer genes which of them it is.";
}

/** The judgement of what it did; with answers each episode by itself, as an answer may be large. */
async function judgedEpisodes(
  trial: Trial,
  { expected: { token } }: EvaluationRequest,
  worlds: readonly WorldSeed[],
  { evidence }: AgentReply,
): Promise<TriedEpisode[] | Issue> {
  const parts = trial.answers ? worlds.map((world, at) => ({ worlds: [world], evidence: [evidence[at]!] })) : [{
    worlds,
    evidence,
  }];
  const episodes: TriedEpisode[] = [];
  for (const part of parts) {
    const verdict = await trial.judge.judge({
      token,
      episodes: part.worlds.length,
      genes: costingGenes(trial.genome, trial.pool),
      worlds: JSON.stringify(part.worlds),
      evidence: JSON.stringify(part.evidence),
      answer: trial.answers,
    });
    if (!verdict.ok) {
      const outcome = verdict.code === "evidence" ? "refused" : "world";
      return issueOf({ outcome, message: sentence(`The judge can't play it again: ${shownText(verdict.message)}`) });
    }
    const { judgements, answers } = verdict;
    episodes.push(...judgements.map((judged, at) => ({
      ...judged,
      world: part.worlds[at]!,
      ...(answers && { answer: answers[at] ?? null }),
    })));
  }
  return episodes;
}

/** A failure of the world counts as one only if it comes about where no gene takes part. */
async function confirmed(
  { judge, genome, pool }: Trial,
  { expected: { token } }: EvaluationRequest,
  worlds: readonly WorldSeed[],
  failure: Failure,
): Promise<Issue> {
  const verdict = await judge.judge({
    token,
    episodes: worlds.length,
    genes: costingGenes(genome, pool),
    worlds: JSON.stringify(worlds),
    evidence: JSON.stringify(failure.actions ?? []),
    failed: true,
    point: failure.point,
  });
  if (!verdict.ok && verdict.code !== "evidence") return issueOf({ ...failure, message: inFull(failure) });
  const message = `${failure.message.replace(/\.$/, "")}, which it does not over the same actions without genes.`;
  return issueOf({ outcome: "crash", message });
}
