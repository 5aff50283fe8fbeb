/**
 * What differs first between what is recorded of an evaluation and what it comes to now.
 *
 * @module
 */

import type { ReplayDifference } from "../../records/replay.ts";
import { mean, meansOf } from "../../run/means.ts";
import type { AgentReply, WorldSettings } from "../../runtime/contract.ts";
import { spaceOf } from "../../runtime/space.ts";
import type { EpisodeAgain } from "../../toolchain/judge_again.ts";
import { sha256Now } from "../../util/hash_now.ts";
import type { Recorded } from "./recorded.ts";

const encoder = new TextEncoder();

/** What the judge comes to otherwise than is recorded. */
export function differenceOfJudgement(
  row: Recorded,
  episodes: readonly EpisodeAgain[],
): ReplayDifference | undefined {
  const scores = parsed(row.scores);
  const measures = parsed(row.episodes);
  for (const { episode, score, measures: now } of episodes) {
    if (scores[episode] !== score) return { what: "score", episode, recorded: scores[episode] ?? null, now: score };
    if (row.episodes !== null && !isSame(measures[episode], now)) {
      return { what: "measures", episode, recorded: measures[episode] ?? null, now };
    }
  }
  const score = mean(episodes.map(({ score }) => score));
  if (row.score !== score) return { what: "score", recorded: row.score, now: score };
  const violation = mean(episodes.map(({ violation }) => violation));
  if (row.violation !== violation) return { what: "violation", recorded: row.violation, now: violation };
  const means = meansOf(episodes);
  const isRecorded = row.measures !== null && isSame(JSON.parse(row.measures), means);
  return isRecorded ? undefined : { what: "measures", recorded: row.measures, now: means };
}

/** What is known of a run of an agent's own program. */
export interface RecordedRun {
  readonly row: Recorded;
  /** The evidence as it is kept: JSON. */
  readonly evidence: string;
  /** The letters that were sent: to which agent, and JSON of what. */
  readonly letters: readonly Letter[];
  /** Ids of the agents that it could write to. */
  readonly addresses: readonly string[];
  /** How many letters were taken. */
  readonly messages: number;
}

/** A letter as it is recorded. */
export interface Letter {
  readonly recipient: string;
  readonly body: string;
}

/** What an agent's own program does otherwise than is recorded. */
export function differenceOfRun(
  recorded: RecordedRun,
  reply: AgentReply,
  world: WorldSettings,
): ReplayDifference | undefined {
  const { row } = recorded;
  const now = decisionsOf(reply, row.genomeHash);
  const pairs: readonly (readonly [what: string, recorded: unknown, now: unknown])[] = [
    ["invalid", row.invalid, reply.invalid ?? 0],
    ["drew", row.drew === 1, reply.drew ?? false],
    ["genome", row.genomeAfter ?? row.genomeHash, now.genome],
    ["memory", row.memoryAfter, now.memory],
  ];
  const other = pairs.find(([, before, after]) => before !== after);
  return differenceOfActions(recorded.evidence, reply, world) ??
    (other && { what: other[0], recorded: other[1], now: other[2] }) ??
    differenceOfMail(recorded, reply);
}

/** Hashes of what an agent decided. */
function decisionsOf({ genome, memory }: AgentReply, before: string): { genome: string; memory: string | null } {
  const after = genome === null ? before : sha256Now(Uint8Array.fromBase64(genome));
  // Memory belongs to a genome.
  const isKept = after === before && memory.length > 0;
  return { genome: after, memory: isKept ? sha256Now(encoder.encode(JSON.stringify(memory))) : null };
}

function differenceOfActions(kept: string, reply: AgentReply, world: WorldSettings): ReplayDifference | undefined {
  const now = JSON.stringify(reply.evidence);
  if (now === kept) return undefined;
  const before = episodesOf(kept, world);
  const after = episodesOf(now, world);
  for (let episode = 0; episode < Math.max(before.length, after.length); episode++) {
    const [one = [], other = []] = [before[episode], after[episode]];
    const step = firstOther(one, other);
    if (step !== undefined) {
      return { what: "action", episode, step, recorded: one[step] ?? null, now: other[step] ?? null };
    }
  }
  return { what: "evidence", recorded: kept.slice(0, shownText), now: now.slice(0, shownText) };
}

/** How much of evidence is shown that is none. */
const shownText = 200;

/** The actions of each episode; of an episode that is none, its parts as they are. */
function episodesOf(evidence: string, world: WorldSettings): (readonly unknown[])[] {
  const space = spaceOf(world);
  return parsed(evidence).map((one) => {
    try {
      return space.actionsOf(one);
    } catch {
      return Array.isArray(one) ? one : [one];
    }
  });
}

/** The list that a text is the JSON of; empty where it is none. */
export function parsed(text: string | null): readonly unknown[] {
  try {
    const list = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function firstOther(before: readonly unknown[], after: readonly unknown[]): number | undefined {
  for (let at = 0; at < Math.max(before.length, after.length); at++) {
    if (!isSame(before[at], after[at])) return at;
  }
  return undefined;
}

function differenceOfMail(recorded: RecordedRun, { outbox }: AgentReply): ReplayDifference | undefined {
  const { letters, addresses, messages } = recorded;
  const now: Letter[] = outbox.slice(0, messages).map(({ address, body }) => ({
    recipient: addresses[address]!,
    body: JSON.stringify(body),
  }));
  const at = firstOther(letters, now);
  return at === undefined ? undefined : { what: "mail", recorded: letters[at] ?? null, now: now[at] ?? null };
}

/** Whether two values are the same JSON, whatever the order of names. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
}
