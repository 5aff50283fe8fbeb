/**
 * What is said of a replay that is not the same, in one sentence.
 *
 * @module
 */

import type { AgentReplay, Engine, ReplayDifference } from "../../records/replay.ts";
import type { Issue } from "../../util/issue.ts";
import { shownText } from "../../util/text.ts";

/** A replay without what is said of it. */
export type Replayed = Omit<AgentReplay, "type" | "ok" | "issue">;

/** What there is to say of a replay; nothing where all is the same. */
export function issueOf(replay: Replayed): Issue | undefined {
  const { id, cycle, result, recordedEngine } = replay;
  const path = id;
  switch (result) {
    case "same":
      return undefined;
    case "differs":
      return {
        code: "replay.differs",
        message: `The replay of cycle ${cycle} of ${id} differs: ${said(replay)}.`,
        path,
      };
    case "forgotten":
      return { code: "replay.forgotten", message: forgotten(replay), path };
    case "other runtime":
      return {
        code: "replay.runtime",
        message: `Cycle ${cycle} of ${id} was run by ${engineText(recordedEngine!)} and is replayed by ${
          engineText(replay.presentEngine)
        }: ${firstOf(replay) ? `here ${said(replay)}` : "here it is the same, as far as it is kept"}.`,
        path,
      };
  }
}

/** What differs first; actions tell the most. */
export function firstOf({ judged, ran }: Replayed): ReplayDifference | undefined {
  return ran.first?.what === "action" ? ran.first : judged.first ?? ran.first;
}

/** A difference in words. */
export function differenceText({ what, episode, step, recorded, now }: ReplayDifference): string {
  const place = [
    ...(episode === undefined ? [] : [`episode ${episode}`]),
    ...(step === undefined ? [] : [`step ${step}`]),
  ].join(", ");
  return `${place && `in ${place} `}the recorded ${what} is ${shown(recorded)}, and now it is ${shown(now)}`;
}

/** An engine in words. */
export function engineText({ deno, v8, semantics }: Engine): string {
  return shownText(`Deno ${deno} (V8 ${v8}, semantics ${semantics})`);
}

function said(replay: Replayed): string {
  return differenceText(firstOf(replay)!);
}

function forgotten({ id, cycle, judged, ran }: Replayed): string {
  const parts = [...new Set([judged.reason, ran.reason].filter((reason) => reason !== undefined))];
  const rest = judged.result === "same"
    ? " The judge comes to what is recorded."
    : ran.result === "same"
    ? " Its program does what is recorded."
    : "";
  return `Cannot replay all of cycle ${cycle} of ${id} as it must be kept: ${parts.join("; ")}.${rest}`;
}

function shown(value: unknown): string {
  return value === null ? "none" : shownText(JSON.stringify(value), 80);
}
