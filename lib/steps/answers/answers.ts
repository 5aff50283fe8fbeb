/**
 * Gives what an agent has found: what the world's `answer` says after its episodes are played again.
 *
 * @module
 */

import { keptGenome } from "../../agents/kept_genome.ts";
import { findJudged, type JudgedGenome } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import { sharedInputsOf } from "../../db/shared_inputs.ts";
import { costingGenes } from "../../genome/active.ts";
import type { Pool } from "../../genome/pool.ts";
import type { Judge } from "../../isolation/judge.ts";
import { Launcher } from "../../isolation/launcher.ts";
import { agentLimits } from "../../isolation/limits.ts";
import type { AnswerRecord } from "../../records/answer.ts";
import { conditionsOf } from "../../run/conditions.ts";
import { loadConfig } from "../../run/config.ts";
import type { Config } from "../../run/config_schema.ts";
import { worldsOf } from "../../run/worlds.ts";
import { loadVerifier } from "../../signing/sign.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { Artifacts, presentFacts } from "../../toolchain/artifacts.ts";
import { judgeAgain, type KeptEpisodes } from "../../toolchain/judge_again.ts";
import { openJudge } from "../../toolchain/open_judge.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { shownText } from "../../util/text.ts";

/**
 * Emits one `agent.answer` for each episode of the last judged evaluation of an agent, or of the best one.
 *
 * What was done is played again in a process without permissions, by the judge that was built and signed; the listing is
 * read alone. Needs read permission for configuration, listing, template, store, the public key and `lib/runtime`, and run
 * permission for `/bin/sh`.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several, or the world has no `answer`.
 * @throws {StepFailed} If what was done is not kept, was done in other worlds, or can't be played again.
 */
export async function answers(step: StepContext): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  const pool = loadPool(paths, presentPool(listing));
  if (!pool.worldFunctions?.includes("answer")) throw noAnswer();
  const judged = findJudged(listing, step.args);
  const played = await playedOf(listing, pool, await loadConfig(paths), judged);
  const records: AnswerRecord[] = [];
  await using judge = await judgeOf(step, listing, pool, played.config);
  for (let episode = 0; episode < played.worlds.length; episode++) {
    const record = await answerTo(judge, played, judged, episode);
    if (format === "csv") records.push(record);
    else step.emit(record);
  }
  if (format === "csv") step.print((await import("./csv.ts")).csvOf(records));
  return { updates: 0, episodes: played.worlds.length };
}

/** An evaluation that can be played again. */
interface Played extends KeptEpisodes {
  readonly config: Config;
  readonly cycle: number;
}

async function playedOf(listing: Listing, pool: Pool, config: Config, judged: JudgedGenome): Promise<Played> {
  const { id, cycle, genomeHash } = judged;
  const row = cycle === null
    ? undefined
    : listing.get<{ evidence: Uint8Array | null; conditions: string; shared: number | null }>(
      `SELECT bytes AS evidence, conditions, shared_inputs AS shared FROM evaluations LEFT JOIN blobs ON hash = evidence_hash
      WHERE agent = ? AND cycle = ? AND evaluations.kind = 'judged'`,
      id,
      cycle,
    );
  if (cycle === null || !row) throw forgotten(id, "it has not been judged yet");
  const genome = keptGenome(listing, genomeHash);
  if (!row.evidence || !genome) throw forgotten(id, "retention has dropped what it did in cycle " + cycle);
  const { world } = sharedInputsOf(listing, row.shared) ?? config;
  const worlds = worldsOf(listing.meta("seed") ?? "", cycle, pool.world, world);
  if (await conditionsOf(pool, worlds) !== row.conditions) throw otherWorld(id, cycle);
  const evidence = JSON.parse(new TextDecoder().decode(row.evidence));
  const objective = pool.world.objectives?.[0];
  return { config, worlds, evidence, genes: costingGenes(genome, pool), objective, cycle };
}

async function judgeOf({ paths }: StepContext, listing: Listing, pool: Pool, config: Config): Promise<Judge> {
  const [sandbox, verifier] = await Promise.all([Launcher.find(agentLimits(config)), loadVerifier(paths.publicKey)]);
  const facts = await presentFacts(listing, pool);
  using artifacts = new Artifacts(listing, paths, verifier, facts, { readOnly: true });
  return await openJudge({ artifacts, config, sandbox, data: await artifacts.data() });
}

async function answerTo(judge: Judge, played: Played, { id }: JudgedGenome, episode: number): Promise<AnswerRecord> {
  const { cycle } = played;
  const verdict = await judgeAgain(judge, played, episode);
  if (!verdict.ok) {
    throw new StepFailed({
      code: "answer.failed",
      message: `Cannot give the answer of ${id} as what it did in cycle ${cycle} must be playable again: ${
        shownText(verdict.message)
      }`,
      path: id,
    });
  }
  return { type: "agent.answer", id, ok: true, cycle, ...verdict.episode, answer: verdict.answer ?? null };
}

function noAnswer(): Misuse {
  return new Misuse({
    code: "answer.none",
    message:
      "Cannot give answers as world.ts must export the function answer, which says what was found; write it and " +
      "run `deno task init` again. `deno task show` has genes, parameters and measures.",
    path: "world.ts",
  });
}

function forgotten(id: string, why: string): StepFailed {
  return new StepFailed({
    code: "answer.forgotten",
    message: `Cannot give the answer of ${id} as what it did must be kept: ${why}.`,
    path: id,
  });
}

function otherWorld(id: string, cycle: number): StepFailed {
  return new StepFailed({
    code: "answer.conditions",
    message:
      `Cannot give the answer of ${id} as world, environment, episodes and steps must be those of cycle ${cycle}, ` +
      "in which it was judged; have it judged again by `deno task lifecycle --cycles 1`.",
    path: id,
  });
}
