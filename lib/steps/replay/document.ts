/**
 * A replay as text for a terminal.
 *
 * @module
 */

import type { AgentReplay, ReplayEpisode, ReplayPart } from "../../records/replay.ts";
import { text } from "../../step/sections_text.ts";
import { hanging, shownWidth } from "../../step/wrap.ts";
import { type Row, section } from "../../tables/section.ts";
import { plain } from "../../tables/show.ts";
import { differenceText, engineText } from "./issue.ts";

/** A replay in lines that fit the terminal, else 80 columns. */
export function textOf(replay: AgentReplay): string {
  const { id, cycle, genomeHash, result, judged, ran, recordedEngine } = replay;
  const facts: readonly (readonly [string, string])[] = [
    ["id", id],
    ["cycle", String(cycle)],
    ["genome", genomeHash.slice(0, 12)],
    ["result", result],
    ["judge", partText(judged)],
    ["program", partText(ran)],
    ...(result === "other runtime" ? [["recorded by", engineText(recordedEngine!)] as const] : []),
    ["replayed by", engineText(replay.presentEngine)],
  ];
  const lines = facts.map(([name, fact]) => hanging(name.padEnd(13), plain(fact), shownWidth(80)));
  const episodes = text([section("episodes", "Episodes", "", replay.episodes, columnsOf(replay.episodes))]);
  return `Replay\n${lines.join("\n")}\n${episodes && `\n${episodes}`}`;
}

function columnsOf(episodes: readonly ReplayEpisode[]): Row<ReplayEpisode>[] {
  const [{ instance, objective } = {}] = episodes;
  return [
    ["episode", "count", ({ episode }) => episode],
    ...(instance === undefined ? [] : [["instance", "count", ({ instance = null }) => instance] as Row<ReplayEpisode>]),
    [
      objective?.name ?? "score",
      "number",
      ({ score, objective }) => objective ? objective.value : score,
    ],
    ["violation", "number", ({ violation }) => violation],
  ];
}

function partText({ result, first, reason }: ReplayPart): string {
  if (first) return `${result}: ${differenceText(first)}`;
  return reason === undefined ? result : `${result}: ${reason}`;
}
